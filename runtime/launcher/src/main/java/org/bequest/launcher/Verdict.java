// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with the results of a demo; hopefully nothing. */
record Verdict(List<String> complaints) {
    static Verdict of(Map<String, Object> results) {
        List<String> complaints = new ArrayList<>();
        if (number(results, "lost") > 0) {
            complaints.add("Lost: " + results.get("lost") + " words were counted too few");
        }
        if (number(results, "doubled") > 0) {
            complaints.add("Doubled: " + results.get("doubled") + " words were counted too many");
        }
        if (number(results, "calls_failed") > 0) {
            complaints.add("Failed: " + results.get("calls_failed") + " calls, though no one had killed the worker");
        }
        long leaked = number(results, "class_loaders_replaced") - number(results, "class_loaders_collected");
        if (leaked > 0) {
            complaints.add("Leaked: " + leaked + " class loaders of replaced bundles were not collected");
        }
        return new Verdict(complaints);
    }

    private static long number(Map<String, Object> results, String name) {
        return ((Number) results.get(name)).longValue();
    }
}
