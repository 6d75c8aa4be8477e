// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
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

    /** The generation of the last row with that key, 0 if there is none. */
    static long generationAt(Store store, long key) {
        List<Tuple> rows = store.lookup(key);
        return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).getLong(1);
    }

    static List<Tuple> traverse(Store store) {
        return list(store.iterator());
    }

    static List<Tuple> list(Iterator<Tuple> rows) {
        List<Tuple> list = new ArrayList<>();
        while (rows.hasNext()) { // forEachRemaining may read ahead
            list.add(rows.next());
        }
        return list;
    }

    /** The keys, step by step from the first. */
    static List<Object> walk(Store store) {
        List<Object> keys = new ArrayList<>();
        for (Object key = store.first(); key != null; key = store.next(key)) {
            keys.add(key);
        }
        return keys;
    }

    /** The keys, step by step from the last. */
    static List<Object> walkBack(Store store) {
        List<Object> keys = new ArrayList<>();
        for (Object key = store.last(); key != null; key = store.prev(key)) {
            keys.add(key);
        }
        return keys;
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
