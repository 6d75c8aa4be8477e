// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** The keys of an ordered set, or of a part of it, as a map. */
final class TableNavigableKeys extends TableKeys implements NavigableSet<Object> {
    private final TableNavigableMap<?> map;

    TableNavigableKeys(TableNavigableMap<?> map) {
        super(map);
        this.map = map;
    }

    @Override
    public Comparator<? super Object> comparator() {
        return map.comparator();
    }

    @Override
    public Object first() {
        return map.firstKey();
    }

    @Override
    public Object last() {
        return map.lastKey();
    }

    @Override
    public @Nullable Object lower(Object key) {
        return map.lowerKey(key);
    }

    @Override
    public @Nullable Object floor(Object key) {
        return map.floorKey(key);
    }

    @Override
    public @Nullable Object ceiling(Object key) {
        return map.ceilingKey(key);
    }

    @Override
    public @Nullable Object higher(Object key) {
        return map.higherKey(key);
    }

    @Override
    public @Nullable Object pollFirst() {
        return key(map.pollFirstEntry());
    }

    @Override
    public @Nullable Object pollLast() {
        return key(map.pollLastEntry());
    }

    private static @Nullable Object key(Map.@Nullable Entry<Object, ?> entry) {
        return entry == null ? null : entry.getKey();
    }

    @Override
    public NavigableSet<Object> descendingSet() {
        return map.descendingKeySet();
    }

    @Override
    public Iterator<Object> descendingIterator() {
        return descendingSet().iterator();
    }

    @Override
    public NavigableSet<Object> subSet(Object from, boolean fromIncluded, Object to, boolean toIncluded) {
        return map.subMap(from, fromIncluded, to, toIncluded).navigableKeySet();
    }

    @Override
    public NavigableSet<Object> headSet(Object to, boolean included) {
        return map.headMap(to, included).navigableKeySet();
    }

    @Override
    public NavigableSet<Object> tailSet(Object from, boolean included) {
        return map.tailMap(from, included).navigableKeySet();
    }

    @Override
    public NavigableSet<Object> subSet(Object from, Object to) {
        return subSet(from, true, to, false);
    }

    @Override
    public NavigableSet<Object> headSet(Object to) {
        return headSet(to, false);
    }

    @Override
    public NavigableSet<Object> tailSet(Object from) {
        return tailSet(from, true);
    }
}
