// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bequest.examples.wordcount.demo.Plan.Event;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void updatesAreHalfInPlaceAndHalfSideBySide() {
        for (int updates = 0; updates < 30; updates++) {
            for (int crashes = 0; crashes < 30; crashes++) {
                List<Event> events = plan(updates, crashes).events();
                int inPlace = Collections.frequency(events, Event.UPDATE_IN_PLACE);
                int sideBySide = Collections.frequency(events, Event.SWAP_SIDE_BY_SIDE);
                assertEquals(updates, inPlace + sideBySide);
                assertTrue(Math.abs(inPlace - sideBySide) <= updates % 2);
                assertEquals(crashes, Collections.frequency(events, Event.CRASH));
            }
        }
    }

    @Test
    void crashesComeAmongTheUpdates() {
        assertEquals(
                List.of(
                        Event.UPDATE_IN_PLACE,
                        Event.SWAP_SIDE_BY_SIDE,
                        Event.CRASH,
                        Event.SWAP_SIDE_BY_SIDE,
                        Event.UPDATE_IN_PLACE,
                        Event.CRASH),
                plan(4, 2).events());
    }

    private static Plan plan(int updates, int crashes) {
        return new Plan(updates, crashes, Duration.ZERO, Map.of(), List.of());
    }
}
