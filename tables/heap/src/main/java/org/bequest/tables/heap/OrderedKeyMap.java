// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are told apart by value, in their order. The key that counts is the one in the row: the map goes on with the
 * first key that came, say 1, when a row with 1.0 has replaced that row.
 */
final class OrderedKeyMap implements KeyMap {

    private final ConcurrentSkipListMap<Object, Object> cells = new ConcurrentSkipListMap<>(Terms.ORDER);

    @Override
    public ConcurrentNavigableMap<Object, Object> cells() {
        return cells;
    }

    @Override
    public void keyChanged(Object key) {
        // The map is its own order.
    }

    @Override
    public ConcurrentNavigableMap<Object, Object> order() {
        return cells;
    }

    @Override
    public Object cell(Entry<Object, Object> step) {
        return step.getValue();
    }

    @Override
    public Iterator<Object> range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        if (from != null && to != null && Terms.compare(from, to) > 0) {
            return Collections.emptyIterator();
        }
        ConcurrentNavigableMap<Object, Object> range = cells;
        range = from == null ? range : range.tailMap(from, true);
        range = to == null ? range : range.headMap(to, true);
        return (reverse ? range.descendingKeySet() : range.navigableKeySet()).iterator();
    }
}
