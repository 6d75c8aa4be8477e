// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** An ordered set, or a part of it, as a map in the order of the keys or against it; see {@link Table#asNavigableMap}. */
final class TableNavigableMap<V> extends TableMap<V> implements ConcurrentNavigableMap<Object, V> {
    /* How it works. The whole map, its parts and their descending views differ in two fields only: the range of the keys
     * and the direction. Whatever is asked about neighbours, in whatever direction, is one question to the table, see seek.
     */
    private final RowForm<V> form;
    private final int keyPosition;
    private final KeyRange range;
    /** Whether the map goes from the low keys to the high ones. */
    private final boolean up;

    private TableNavigableMap(Table table, RowForm<V> form, int keyPosition, KeyRange range, boolean up) {
        super(table, form, keyPosition);
        this.form = form;
        this.keyPosition = keyPosition;
        this.range = range;
        this.up = up;
    }

    static <V> ConcurrentNavigableMap<Object, V> of(Table table, RowForm<V> form) {
        TableInfo info = table.info();
        if (info.type() != TableType.ORDERED_SET) {
            throw new UnsupportedOperationException("Table '" + info.name() + "' is a " + info.type()
                    + " and cannot be a navigable map: its keys have no order. Use an ordered set.");
        }
        return new TableNavigableMap<>(table, form, info.keyPosition(), KeyRange.ALL, true);
    }

    @Override
    boolean same(Object a, @Nullable Object b) {
        return Terms.compare(a, b) == 0;
    }

    @Override
    boolean covers(Object key) {
        return range.covers(key);
    }

    /**
     * The nearest row within the range.
     *
     * @param upwards which way to look
     * @param from where to begin; null for the range's end
     * @param included whether a row with the key {@code from} itself is near enough
     */
    private @Nullable Tuple seek(boolean upwards, @Nullable Object from, boolean included) {
        Object start = from;
        boolean at = included;
        KeyRange.End end = upwards ? range.low() : range.high();
        if (end != null) {
            int order = start == null ? -1 : Terms.compare(start, end.key()) * (upwards ? 1 : -1);
            at = order > 0 ? at : order < 0 ? end.included() : at && end.included();
            start = order < 0 ? end.key() : start;
        }
        Tuple row = nearest(upwards, start, at);
        return row != null && range.covers(keyOf(row)) ? row : null;
    }

    private @Nullable Tuple nearest(boolean upwards, @Nullable Object start, boolean at) {
        if (start == null) {
            return row(upwards ? table.firstLookup() : table.lastLookup());
        }
        Tuple there = at ? table.get(start) : null;
        return there != null ? there : row(upwards ? table.nextLookup(start) : table.prevLookup(start));
    }

    private static @Nullable Tuple row(@Nullable Keyed keyed) {
        return keyed == null ? null : keyed.rows().get(0);
    }

    private @Nullable Tuple seekFrom(boolean upwards, Object key, boolean included) {
        return seek(upwards, Terms.keyOf(Objects.requireNonNull(key, "key")), included);
    }

    @Override
    Iterator<Tuple> rows() {
        return new Iterator<>() {
            private @Nullable Tuple last;
            private @Nullable Tuple next = seek(up, null, true);

            @Override
            public boolean hasNext() {
                if (next == null && last != null) {
                    next = seek(up, keyOf(last), false);
                }
                return next != null;
            }

            @Override
            public Tuple next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                last = Objects.requireNonNull(next);
                next = null;
                return last;
            }
        };
    }

    @Override
    public int size() {
        if (range == KeyRange.ALL) {
            return super.size();
        }
        long size = 0;
        for (Iterator<Tuple> rows = rows(); rows.hasNext(); rows.next()) {
            size++;
        }
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    @Override
    public boolean isEmpty() {
        return seek(up, null, true) == null;
    }

    /** Of a part: key by key. */
    @Override
    public void clear() {
        if (range == KeyRange.ALL) {
            super.clear();
        } else {
            rows().forEachRemaining(row -> table.delete(keyOf(row)));
        }
    }

    @Override
    public Comparator<? super Object> comparator() {
        return up ? Terms.ORDER : Terms.ORDER.reversed();
    }

    private Object key(@Nullable Tuple row) {
        if (row == null) {
            throw new NoSuchElementException("There is no key in a map of " + table);
        }
        return keyOf(row);
    }

    private @Nullable Object keyOrNull(@Nullable Tuple row) {
        return row == null ? null : keyOf(row);
    }

    private Map.@Nullable Entry<Object, V> entry(@Nullable Tuple row) {
        return row == null ? null : Map.entry(keyOf(row), valueOf(row));
    }

    private Map.@Nullable Entry<Object, V> poll(boolean upwards) {
        for (; ; ) {
            Tuple row = seek(upwards, null, true);
            if (row == null || table.deleteObject(row) > 0) {
                return entry(row);
            }
        }
    }

    @Override
    public Object firstKey() {
        return key(seek(up, null, true));
    }

    @Override
    public Object lastKey() {
        return key(seek(!up, null, true));
    }

    @Override
    public Map.@Nullable Entry<Object, V> firstEntry() {
        return entry(seek(up, null, true));
    }

    @Override
    public Map.@Nullable Entry<Object, V> lastEntry() {
        return entry(seek(!up, null, true));
    }

    @Override
    public Map.@Nullable Entry<Object, V> pollFirstEntry() {
        return poll(up);
    }

    @Override
    public Map.@Nullable Entry<Object, V> pollLastEntry() {
        return poll(!up);
    }

    @Override
    public Map.@Nullable Entry<Object, V> lowerEntry(Object key) {
        return entry(seekFrom(!up, key, false));
    }

    @Override
    public @Nullable Object lowerKey(Object key) {
        return keyOrNull(seekFrom(!up, key, false));
    }

    @Override
    public Map.@Nullable Entry<Object, V> floorEntry(Object key) {
        return entry(seekFrom(!up, key, true));
    }

    @Override
    public @Nullable Object floorKey(Object key) {
        return keyOrNull(seekFrom(!up, key, true));
    }

    @Override
    public Map.@Nullable Entry<Object, V> ceilingEntry(Object key) {
        return entry(seekFrom(up, key, true));
    }

    @Override
    public @Nullable Object ceilingKey(Object key) {
        return keyOrNull(seekFrom(up, key, true));
    }

    @Override
    public Map.@Nullable Entry<Object, V> higherEntry(Object key) {
        return entry(seekFrom(up, key, false));
    }

    @Override
    public @Nullable Object higherKey(Object key) {
        return keyOrNull(seekFrom(up, key, false));
    }

    private ConcurrentNavigableMap<Object, V> part(KeyRange.@Nullable End from, KeyRange.@Nullable End to) {
        KeyRange part = up ? range.part(from, to) : range.part(to, from);
        return new TableNavigableMap<>(table, form, keyPosition, part, up);
    }

    private static KeyRange.End end(Object key, boolean included) {
        return new KeyRange.End(Terms.keyOf(Objects.requireNonNull(key, "key")), included);
    }

    @Override
    public ConcurrentNavigableMap<Object, V> subMap(Object from, boolean fromIncluded, Object to, boolean toIncluded) {
        return part(end(from, fromIncluded), end(to, toIncluded));
    }

    @Override
    public ConcurrentNavigableMap<Object, V> headMap(Object to, boolean included) {
        return part(null, end(to, included));
    }

    @Override
    public ConcurrentNavigableMap<Object, V> tailMap(Object from, boolean included) {
        return part(end(from, included), null);
    }

    @Override
    public ConcurrentNavigableMap<Object, V> subMap(Object from, Object to) {
        return subMap(from, true, to, false);
    }

    @Override
    public ConcurrentNavigableMap<Object, V> headMap(Object to) {
        return headMap(to, false);
    }

    @Override
    public ConcurrentNavigableMap<Object, V> tailMap(Object from) {
        return tailMap(from, true);
    }

    @Override
    public ConcurrentNavigableMap<Object, V> descendingMap() {
        return new TableNavigableMap<>(table, form, keyPosition, range, !up);
    }

    @Override
    public NavigableSet<Object> keySet() {
        return new TableNavigableKeys(this);
    }

    @Override
    public NavigableSet<Object> navigableKeySet() {
        return keySet();
    }

    @Override
    public NavigableSet<Object> descendingKeySet() {
        return descendingMap().navigableKeySet();
    }
}
