// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Map.Entry;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The store of an ordered set: keys are told apart by value, and rows are in their order. The key that counts is the one
 * in the row: the map goes on with the first key that came, say 1, when a row with 1.0 has replaced that row.
 */
final class OrderedStore extends MapStore<ConcurrentNavigableMap<Object, Object>> {

    OrderedStore(int keyPosition) {
        super(() -> new ConcurrentSkipListMap<>(Terms.ORDER), keyPosition);
    }

    @Override
    public @Nullable Object first() {
        return keyOfRow(ConcurrentNavigableMap::firstEntry, ConcurrentNavigableMap::higherEntry);
    }

    @Override
    public @Nullable Object last() {
        return keyOfRow(ConcurrentNavigableMap::lastEntry, ConcurrentNavigableMap::lowerEntry);
    }

    @Override
    public @Nullable Object next(Object key) {
        return keyOfRow(map -> map.higherEntry(key), ConcurrentNavigableMap::higherEntry);
    }

    @Override
    public @Nullable Object prev(Object key) {
        return keyOfRow(map -> map.lowerEntry(key), ConcurrentNavigableMap::lowerEntry);
    }

    /** The key of the row at the start or, if that is only about to come, of the nearest one a step further. */
    private @Nullable Object keyOfRow(
            Function<ConcurrentNavigableMap<Object, Object>, @Nullable Entry<Object, Object>> start,
            BiFunction<ConcurrentNavigableMap<Object, Object>, Object, @Nullable Entry<Object, Object>> step) {
        return whole(rows -> {
            Entry<Object, Object> entry = start.apply(rows.map);
            while (entry != null) {
                Tuple row = Batch.row(entry.getValue());
                if (row != null) {
                    return key(row);
                }
                entry = step.apply(rows.map, entry.getKey());
            }
            return null;
        });
    }
}
