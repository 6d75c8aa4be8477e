// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The result of replaying a recording, as a person likes to read it. */
final class Agreement {
    private Agreement() {}

    /**
     * @param all whether to write of the programs that differ after the first
     */
    static String of(String name, Map<String, Object> result, boolean all) {
        long agreed = (long) result.get("agreed");
        long disagreed = (long) result.get("disagreed");
        List<?> disagreements = (List<?>) result.get("disagreements");
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(name);
        text.add("  programs    " + result.get("programs") + ", of them " + disagreements.size() + " differ");
        text.add("  operations  " + (agreed + disagreed));
        text.add("  agreed      " + agreed);
        text.add("  disagreed   " + disagreed);
        for (Object disagreement :
                all ? disagreements : disagreements.stream().limit(1).toList()) {
            add((Map<?, ?>) disagreement, text);
        }
        return text.toString();
    }

    private static void add(Map<?, ?> disagreement, StringJoiner text) {
        text.add("  program " + disagreement.get("program") + " in line " + disagreement.get("line") + " differs:");
        text.add("    operation  " + disagreement.get("operation"));
        text.add("    expected   " + disagreement.get("expected"));
        text.add("    got        " + disagreement.get("got"));
    }
}
