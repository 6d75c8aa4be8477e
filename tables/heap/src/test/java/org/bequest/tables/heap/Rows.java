// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;

/** Rows of a key and a generation, and ways to look at them. */
final class Rows {

    private Rows() {}

    static Tuple row(Object key, long generation) {
        return Tuple.of(key, generation);
    }

    /** The rows with keys from (included) to (excluded), all of one generation. */
    static List<Tuple> generation(long generation, long from, long to) {
        return LongStream.range(from, to).mapToObj(key -> row(key, generation)).toList();
    }

    /** The generation of the row with that key, 0 if there is none. */
    static long generationAt(Store store, long key) {
        Tuple row = store.get(key);
        return row == null ? 0 : row.getLong(1);
    }

    static List<Tuple> traverse(Store store) {
        List<Tuple> rows = new ArrayList<>();
        store.iterator().forEachRemaining(rows::add);
        return rows;
    }

    /** The same rows, but something happens before the store is given the one at that index. */
    static List<Tuple> interrupted(List<Tuple> rows, int index, Runnable action) {
        return new AbstractList<>() {
            @Override
            public Tuple get(int i) {
                if (i == index) {
                    action.run();
                }
                return rows.get(i);
            }

            @Override
            public int size() {
                return rows.size();
            }
        };
    }
}
