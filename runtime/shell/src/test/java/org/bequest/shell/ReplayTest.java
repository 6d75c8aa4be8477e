// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is noticed of an answer, and told. The whole of it runs in {@code itests/container}. */
class ReplayTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void answerIsTold_whenItIsAsShown() {
        assertTrue(compare(List.of("a", "b"), List.of("a", "b")));
        assertEquals(List.of("a", "b"), told);
    }

    @Test
    void noAnswerIsAnAnswer() {
        assertTrue(compare(List.of(), List.of()));
        assertEquals(List.of(), told);
    }

    @Test
    void whatWasExpectedIsTold_whenALineDiffers() {
        assertFalse(compare(List.of("a", "b", "c"), List.of("a", "x", "c")));
        assertEquals(List.of("a", "x", "! expected: b", "c"), told);
    }

    @Test
    void orderCounts() {
        assertFalse(compare(List.of("a", "b"), List.of("b", "a")));
        assertEquals(List.of("b", "! expected: a", "a", "! expected: b"), told);
    }

    @Test
    void whatIsMissingIsTold() {
        assertFalse(compare(List.of("a", "b"), List.of("a")));
        assertEquals(List.of("a", "! expected: b"), told);
    }

    @Test
    void whatIsTooMuchIsTold() {
        assertFalse(compare(List.of(), List.of("Error: no such command")));
        assertEquals(List.of("Error: no such command", "! expected: nothing more"), told);
    }

    private boolean compare(List<String> shown, List<String> actual) {
        return Replay.compare(shown, actual, new Likeness(), told::add);
    }
}
