// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Iterator;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are told apart by value, in their order. The key that counts is the one in the row: the map goes on with the
 * first key that came, say 1, when a row with 1.0 has replaced that row.
 */
final class OrderedKeyMap implements CellMap {

    private final ConcurrentSkipListMap<Object, Object> cells = new ConcurrentSkipListMap<>(Terms.ORDER);

    @Override
    public @Nullable Object get(Object key) {
        return cells.get(key);
    }

    @Override
    public <G> @Nullable Object change(Object key, G given, Step<G> step) {
        for (; ; ) {
            Object before = cells.get(key);
            Object after = step.of(before, given);
            if (before == null
                    ? after == null || cells.putIfAbsent(key, after) == null
                    : after == null ? cells.remove(key, before) : cells.replace(key, before, after)) {
                return before;
            }
        }
    }

    @Override
    public @Nullable Tuple above(@Nullable Object key) {
        Entry<Object, Object> entry = key == null ? cells.firstEntry() : cells.higherEntry(key);
        while (entry != null && Batch.plain(entry.getValue()) == null) {
            entry = cells.higherEntry(entry.getKey());
        }
        return entry == null ? null : Cells.first(Batch.plain(entry.getValue()));
    }

    @Override
    public @Nullable Tuple below(@Nullable Object key) {
        Entry<Object, Object> entry = key == null ? cells.lastEntry() : cells.lowerEntry(key);
        while (entry != null && Batch.plain(entry.getValue()) == null) {
            entry = cells.lowerEntry(entry.getKey());
        }
        return entry == null ? null : Cells.first(Batch.plain(entry.getValue()));
    }

    @Override
    public Cursor all() {
        return range(null, null, false);
    }

    @Override
    public Cursor range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        if (from != null && to != null && Terms.compare(from, to) > 0) {
            return () -> null;
        }
        ConcurrentNavigableMap<Object, Object> range = cells;
        range = from == null ? range : range.tailMap(from, true);
        range = to == null ? range : range.headMap(to, true);
        Iterator<Object> keys = (reverse ? range.descendingKeySet() : range.navigableKeySet()).iterator();
        return () -> {
            while (keys.hasNext()) {
                Object plain = Batch.plain(cells.get(keys.next()));
                if (plain != null) {
                    return plain;
                }
            }
            return null;
        };
    }
}
