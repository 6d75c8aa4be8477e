// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is to happen.
 *
 * @param updates how many, half in place and half side by side
 * @param crashes how many, spread among the updates
 * @param time how long to go on at least; what happens is spread over it
 * @param texts what to count, by name; in UTF-8, not to change meanwhile
 * @param jars the versions of the worker's bundle that take turns
 */
record Plan(int updates, int crashes, Duration time, Map<String, Path> texts, List<Path> jars) {
    /** What can happen to a worker. */
    enum Event {
        UPDATE_IN_PLACE,
        SWAP_SIDE_BY_SIDE,
        CRASH
    }

    /** Options {@code updates}, {@code crashes}, {@code seconds}: int; {@code texts}: map of path by name; {@code jars}: list of path. */
    @SuppressWarnings("unchecked")
    static Plan of(Map<String, Object> options) {
        return new Plan(
                (int) options.get("updates"),
                (int) options.get("crashes"),
                Duration.ofSeconds((int) options.get("seconds")),
                (Map<String, Path>) options.get("texts"),
                (List<Path>) options.get("jars"));
    }

    /** All events in order: the crashes evenly among the updates, of which each kind meets each version of the code. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        long total = (long) updates + crashes;
        int update = 0;
        for (long i = 0; i < total; i++) {
            if ((i + 1) * crashes / total > i * crashes / total) {
                events.add(Event.CRASH);
            } else {
                // The code alternates with every update, so the kinds go in place, side, side, in place, and again.
                events.add((update++ + 1) / 2 % 2 == 0 ? Event.UPDATE_IN_PLACE : Event.SWAP_SIDE_BY_SIDE);
            }
        }
        return events;
    }
}
