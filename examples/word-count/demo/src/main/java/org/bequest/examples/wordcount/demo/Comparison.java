// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bequest.table.Table;

/**
 * The worker's counts against a count of the same files by other means.
 *
 * @param words all words that the worker counted
 * @param distinct the different ones among them
 * @param expected all words that there were
 * @param lost how many words were counted too few, summed over the words of which some are missing
 * @param doubled how many too many, summed over the others
 */
record Comparison(long words, long distinct, long expected, long lost, long doubled) {
    /** {@link Character#isLetterOrDigit(int)}, said otherwise. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");

    static Comparison of(Table table, Collection<Path> texts, long passes) throws IOException {
        return of(counted(table), count(texts, passes));
    }

    static Comparison of(Map<String, Long> counted, Map<String, Long> expected) {
        Map<String, Long> excess = new HashMap<>(counted);
        expected.forEach((word, count) -> excess.merge(word, -count, Long::sum));
        return new Comparison(
                sum(counted.values()),
                counted.size(),
                sum(expected.values()),
                -sum(excess.values().stream().filter(count -> count < 0).toList()),
                sum(excess.values().stream().filter(count -> count > 0).toList()));
    }

    /** The words of these texts, each text counted as often as there were passes. */
    static Map<String, Long> count(Collection<Path> texts, long passes) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        for (Path text : texts) {
            try (Stream<String> lines = Files.lines(text)) {
                lines.forEach(line -> count(line, passes, counts));
            }
        }
        return counts;
    }

    static void count(String line, long passes, Map<String, Long> counts) {
        WORD.matcher(line)
                .results()
                .map(MatchResult::group)
                .forEach(word -> counts.merge(word.toLowerCase(Locale.ROOT), passes, Long::sum));
    }

    /** The rows that are of a word; the others are marks. */
    private static Map<String, Long> counted(Table table) {
        Map<String, Long> counts = new HashMap<>();
        table.toList().stream()
                .filter(row -> row.get(0) instanceof String)
                .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("words", words);
        results.put("distinct", distinct);
        results.put("expected_words", expected);
        results.put("lost", lost);
        results.put("doubled", doubled);
        return results;
    }
}
