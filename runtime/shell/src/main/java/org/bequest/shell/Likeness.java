// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether lines of a session are those that are shown, though it is another session. What differs from one to the next
 * does not count: which pids there are, as long as the same one stands for the same, and others for others; the numbers of
 * bundles; how long ago something was; and how wide a column is, where there are several blanks. Of one session, in its order.
 */
final class Likeness {
    private static final String PID = "<\\d+\\.[0-9a-f]+>";
    private static final String ANY_PID = "<*>";
    private static final String BUNDLE = "\\[\\d+]";
    private static final String AGE = "just now|\\d+ (?:s|min|h|days) ago";
    private static final String GAP = " {2,}";

    /** What is not to be taken literally in a line that is shown. */
    private static final Pattern LOOSE =
            Pattern.compile("(" + PID + ")|" + Pattern.quote(ANY_PID) + "|" + BUNDLE + "|" + AGE + "|" + GAP);

    /** Actual ones by the one that is shown; no two are the same. */
    private Map<String, String> pids = Map.of();

    /** A line that is not the same says nothing of pids. */
    boolean same(String shown, String actual) {
        StringBuilder regex = new StringBuilder();
        List<String> shownPids = new ArrayList<>();
        Matcher loose = LOOSE.matcher(shown);
        int end = 0;
        while (loose.find()) {
            regex.append(Pattern.quote(shown.substring(end, loose.start())));
            if (loose.group(1) != null) {
                shownPids.add(loose.group());
                regex.append("(").append(PID).append(")");
            } else {
                regex.append(like(loose.group()));
            }
            end = loose.end();
        }
        regex.append(Pattern.quote(shown.substring(end)));
        Matcher matcher = Pattern.compile(regex.toString()).matcher(actual);
        return matcher.matches() && samePids(shownPids, matcher);
    }

    /** @param actual has them in its groups, from 1 */
    private boolean samePids(List<String> shown, MatchResult actual) {
        Map<String, String> next = new HashMap<>(pids);
        for (int i = 0; i < shown.size(); i++) {
            String pid = actual.group(i + 1);
            if (!next.computeIfAbsent(shown.get(i), unknown -> pid).equals(pid)) {
                return false;
            }
        }
        if (Set.copyOf(next.values()).size() < next.size()) {
            return false;
        }
        pids = next;
        return true;
    }

    private static String like(String loose) {
        return switch (loose.charAt(0)) {
            case '<' -> PID;
            case '[' -> BUNDLE;
            case ' ' -> GAP;
            default -> "(?:" + AGE + ")";
        };
    }
}
