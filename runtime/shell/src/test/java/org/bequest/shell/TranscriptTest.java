// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bequest.shell.Transcript.Remark;
import org.bequest.shell.Transcript.Step;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    @Test
    void partsAreInTheOrderOfThePage() {
        Transcript transcript = Transcript.of("""
                # Gift

                ```java
                bequest> not this
                ```

                <!-- replay -->
                ```console
                # 1> ets:new(gift).
                bequest> new gift\s\s
                true
                  indented\s

                # two commands
                bequest> quiet
                bequest> last
                {"a", 1}
                ```

                bequest> not this either
                """);

        assertEquals(
                List.of(
                        new Remark("# 1> ets:new(gift)."),
                        new Step("new gift", List.of("true", "  indented")),
                        new Remark(""),
                        new Remark("# two commands"),
                        new Step("quiet", List.of()),
                        new Step("last", List.of("{\"a\", 1}"))),
                transcript.parts());
    }

    @Test
    void pageIsRefused_whenItHasNoSessionOrSeveral() {
        String one = "<!-- replay -->\n```console\nbequest> new\n```\n";
        assertRefused("There has to be one line", "# Gift\n");
        assertRefused("There has to be one line", one + one);
        assertRefused("Line 2: there is no fenced block", "# Gift\n<!-- replay -->\ntext\n```\n");
        assertRefused("Line 1: there is no fenced block", "<!-- replay -->");
        assertRefused("Line 1: there is no fenced block", "<!-- replay -->\n```console\nbequest> never ends\n");
    }

    @Test
    void pageIsRefused_whenAnAnswerHasNoCommand() {
        assertRefused("Line 3 answers no command: true", "<!-- replay -->\n```\ntrue\n```\n");
        assertRefused("Line 5 answers no command: true", "<!-- replay -->\n```\nbequest> new\n\ntrue\n```\n");
        assertRefused(
                "Line 5 answers no command: true", "<!-- replay -->\n```\nbequest> new\n# what now?\ntrue\n```\n");
    }

    private static void assertRefused(String reason, String page) {
        String message = assertThrows(IllegalArgumentException.class, () -> Transcript.of(page))
                .getMessage();
        assertTrue(message.startsWith(reason), message);
    }
}
