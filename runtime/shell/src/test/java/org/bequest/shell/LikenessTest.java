// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LikenessTest {
    private final Likeness likeness = new Likeness();

    @Test
    void textIsTakenLiterally() {
        assertSame("{\"$1\", (a.b)*} \\E [x]", "{\"$1\", (a.b)*} \\E [x]");
        assertDifferent("true", "false");
        assertDifferent("true", "true!");
        assertDifferent("true", "it is true");
        assertDifferent("a.b", "a-b");
        assertDifferent("one blank", "oneblank");
        assertDifferent(" indented", "indented");
    }

    @Test
    void onePidStandsForOnePidAllThrough() {
        assertSame("{foo, <5.1a>}", "{foo, <17.2b3c>}");
        assertSame("Process <5.1a> and <6.1a>", "Process <17.2b3c> and <4.2b3c>");
        assertDifferent("<5.1a>", "<4.2b3c>"); // another one than before
        assertDifferent("<7.1a>", "<17.2b3c>"); // has been shown as another
        assertSame("<7.1a>", "<18.2b3c>");
        assertDifferent("<5.1a>", "none");
    }

    @Test
    void anyPidIsAnyPid() {
        assertSame("<*> and <*>", "<1.1a> and <1.1a>");
        assertSame("<2.1a>", "<1.1a>"); // which has not been bound by that
        assertDifferent("<*>", "<x>");
    }

    @Test
    void numbersOfBundlesDoNotCount() {
        assertSame("bundle org.bequest [17], claimed", "bundle org.bequest [4], claimed");
        assertDifferent("bundle org.bequest [17]", "bundle org.bequest []");
        assertDifferent("bundle org.bequest [17]", "bundle org.other [17]");
        assertDifferent("a [b]", "a [17]");
    }

    @Test
    void agesAreAlike() {
        assertSame("gift  just now  none", "gift  3 s ago  none");
        assertSame("4 min ago", "2 days ago");
        assertDifferent("just now", "never");
        assertDifferent("3 s", "4 s");
    }

    @Test
    void severalBlanksAreAGapOfAnyWidth() {
        assertSame("PID      NAME", "PID  NAME");
        assertSame("  gift", "    gift");
        assertDifferent("PID  NAME", "PID NAME");
        assertDifferent("PID NAME", "PID  NAME");
    }

    private void assertSame(String shown, String actual) {
        assertTrue(likeness.same(shown, actual), () -> shown + " is not like " + actual);
    }

    private void assertDifferent(String shown, String actual) {
        assertFalse(likeness.same(shown, actual), () -> shown + " is like " + actual);
    }
}
