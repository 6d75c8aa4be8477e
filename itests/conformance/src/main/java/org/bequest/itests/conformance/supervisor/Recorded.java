// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bequest.itests.conformance.Json;
import org.jspecify.annotations.Nullable;

/** What has come of a step of Erlang's supervisor, and how all stood after it. */
final class Recorded {
    static final String EVENTS = "events";
    static final String WHICH_CHILDREN = "which_children";

    private final boolean anyOrder;
    private final boolean anyOrderOfChildren;
    private final Map<String, @Nullable Object> json = new LinkedHashMap<>();

    /** @param simple whether it is simple-one-for-one, whose children have no order */
    Recorded(Fields step, boolean simple) {
        anyOrder = step.has("unordered") && step.flag("unordered");
        anyOrderOfChildren = simple;
        step.list(EVENTS);
        step.json().forEach((name, value) -> json.put((String) name, value));
        json.remove("do");
        json.remove("unordered");
    }

    boolean isMetBy(Map<String, @Nullable Object> seen) {
        return comparable(seen).equals(comparable(json));
    }

    private Map<String, @Nullable Object> comparable(Map<String, @Nullable Object> look) {
        Map<String, @Nullable Object> comparable = new LinkedHashMap<>(look);
        if (anyOrder) {
            comparable.computeIfPresent(EVENTS, (name, events) -> sorted((List<?>) events));
        }
        if (anyOrderOfChildren) {
            comparable.computeIfPresent(WHICH_CHILDREN, (name, children) -> sorted((List<?>) children));
        }
        return comparable;
    }

    private static List<?> sorted(List<?> list) {
        return list.stream().sorted(Comparator.comparing(Json::write)).toList();
    }

    /** Whether events have been seen that were not recorded. */
    boolean isLeftBy(Map<String, @Nullable Object> seen) {
        List<?> mine = (List<?>) json.get(EVENTS);
        List<?> others = (List<?>) seen.get(EVENTS);
        if (anyOrder) {
            List<?> rest = new ArrayList<>(mine);
            return !others.stream().allMatch(rest::remove);
        }
        return others.size() > mine.size() || !others.equals(mine.subList(0, others.size()));
    }

    @Override
    public String toString() {
        return Json.write(json) + (anyOrder ? ", its events in any order" : "");
    }
}
