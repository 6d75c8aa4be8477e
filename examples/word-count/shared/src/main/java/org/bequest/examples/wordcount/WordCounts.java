// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;

/**
 * The worker's table. It holds a row {@code {Word, Count}} for each word, and for each file the mark how far it is done:
 * {@code {{"done", File}, Pass, Line}}.
 *
 * <p>The counts of a line and its mark are one batch, so a crash leaves both or neither, and a line that is sent again
 * because nobody knows whether it was counted is counted once.
 */
public final class WordCounts {
    private final Table table;

    /** Claims the table: a new one, or the one that the last worker left, counts and all. */
    public WordCounts(Tables tables) {
        table = tables.claim(TableSpec.of("word-counts"));
    }

    /**
     * Counts the words of a line, unless that line is done.
     *
     * @param line {@code {"line", File, Pass, Number, Text}}; the lines of a file come in the order of pass and number
     * @return the words that were counted
     */
    public List<String> add(Tuple line) {
        Tuple mark = Tuple.of(Tuple.of("done", line.getString(1)), line.getLong(2), line.getLong(3));
        Tuple done = table.get(mark.getTuple(0));
        if (done != null && Terms.compare(done, mark) >= 0) {
            return List.of();
        }
        List<String> words = Words.of(line.getString(4));
        Map<String, Long> counts = words.stream().collect(Collectors.groupingBy(word -> word, Collectors.counting()));
        List<Tuple> batch = new ArrayList<>();
        counts.forEach((word, count) -> batch.add(Tuple.of(word, count(word) + count)));
        batch.add(mark);
        table.insert(batch);
        return words;
    }

    private long count(String word) {
        Tuple row = table.get(word);
        return row == null ? 0 : row.getLong(1);
    }
}
