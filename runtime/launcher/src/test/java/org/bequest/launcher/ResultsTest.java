// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the results of a demo. */
class ResultsTest {
    @Test
    void areGoodIfNothingIsMissing() {
        assertEquals(List.of(), Verdict.of(results(0, 0, 0, 20)).complaints());
    }

    @Test
    void areBadIfAnythingIs() {
        List<String> complaints = Verdict.of(results(1, 2, 3, 18)).complaints();
        assertEquals(4, complaints.size());
        assertTrue(complaints.get(3).contains("2 class loaders"), complaints::toString);
    }

    @Test
    void areOneLineOfJson() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("passes", 2L);
        results.put("pause", Map.of("p50", 1.5));
        assertEquals("{\"passes\":2,\"pause\":{\"p50\":1.5}}", Json.of(results));
    }

    @Test
    void areATableForPeople() {
        String report = Report.of(results(0, 0, 0, 20));
        assertTrue(report.contains("Words               1,234,567 in 9 passes, 1,234,567 expected\n"), report);
        assertTrue(report.contains("Pause in place      median 1.0 ms, p99 2.0 ms, longest 3.0 ms\n"), report);
    }

    private static Map<String, Object> results(long lost, long doubled, long failed, int collected) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("passes", 9L);
        results.put("words", 1_234_567L);
        results.put("expected_words", 1_234_567L);
        results.put("lost", lost);
        results.put("doubled", doubled);
        results.put("calls_failed", failed);
        results.put("class_loaders_replaced", 20);
        results.put("class_loaders_collected", collected);
        results.put("pause_in_place_ms", Map.of("p50", 1.0, "p99", 2.0, "max", 3.0));
        results.put("pause_side_by_side_ms", Map.of("p50", 0.0, "p99", 0.0, "max", 0.0));
        return results;
    }
}
