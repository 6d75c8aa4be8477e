// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bequest.examples.wordcount.Words;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void saysWhatIsMissingAndWhatIsTooMuch() {
        assertEquals(
                new Comparison(9, 3, 8, 3, 4),
                Comparison.of(Map.of("a", 1L, "b", 7L, "x", 1L), Map.of("a", 2L, "b", 4L, "c", 2L)));
    }

    @Test
    void ofNothingWithNothingIsFine() {
        assertEquals(new Comparison(0, 0, 0, 0, 0), Comparison.of(Map.of(), Map.of()));
    }

    @Test
    void agreesWithTheWorkerAboutEveryCharacter() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            assertAgreed("aΣ" + Character.toString(c) + "Σ");
        }
    }

    @Test
    void agreesWithTheWorkerAboutAnyText() {
        Random random = new Random(42);
        List<Integer> bounds = List.of(0x80, 0x250, 0x600, 0x10000, 0x1F700);
        for (int i = 0; i < 20_000; i++) {
            int bound = bounds.get(i % bounds.size());
            int[] text = random.ints(random.nextInt(40), 0, bound).toArray();
            assertAgreed(new String(text, 0, text.length));
        }
    }

    private static void assertAgreed(String line) {
        Map<String, Long> counted = new HashMap<>();
        Words.of(line).forEach(word -> counted.merge(word, 3L, Long::sum));
        Map<String, Long> expected = new HashMap<>();
        Comparison.count(line, 3, expected);
        assertEquals(expected, counted, line);
    }
}
