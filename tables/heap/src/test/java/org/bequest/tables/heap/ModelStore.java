// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A store as simple as can be: lists of rows in a tree, for one thread. */
final class ModelStore implements Store {

    private final TableType type;
    private final int keyPosition;
    private final NavigableMap<Object, List<Tuple>> rows;

    ModelStore(TableType type, int keyPosition) {
        this.type = type;
        this.keyPosition = keyPosition;
        this.rows = type == TableType.ORDERED_SET ? new TreeMap<>(Terms.ORDER) : new TreeMap<>(HashOrder.BY_HASH);
    }

    private Object key(Tuple row) {
        return row.get(keyPosition);
    }

    @Override
    public @Nullable Tuple get(Object key) {
        return lookup(key).stream().findFirst().orElse(null);
    }

    @Override
    public List<Tuple> lookup(Object key) {
        return rows.getOrDefault(key, List.of());
    }

    @Override
    public long size() {
        return toList().size();
    }

    @Override
    public List<Tuple> toList() {
        return rows.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public Iterator<Tuple> iterator() {
        return toList().iterator();
    }

    @Override
    public Iterator<Tuple> range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        List<Tuple> range = new ArrayList<>(toList());
        range.removeIf(row -> from != null && Terms.compare(key(row), from) < 0);
        range.removeIf(row -> to != null && Terms.compare(key(row), to) > 0);
        if (reverse) {
            Collections.reverse(range);
        }
        return range.iterator();
    }

    @Override
    public @Nullable Object first() {
        return rows.isEmpty() ? null : rowKey(rows.firstKey());
    }

    @Override
    public @Nullable Object last() {
        return rows.isEmpty() ? null : rowKey(rows.lastKey());
    }

    @Override
    public @Nullable Object next(Object key) {
        return rowKey(rows.higherKey(key));
    }

    @Override
    public @Nullable Object prev(Object key) {
        return rowKey(rows.lowerKey(key));
    }

    /** The key in the row: that of the tree may be another one of the same value. */
    private @Nullable Object rowKey(@Nullable Object key) {
        return key == null ? null : key(rows.get(key).get(0));
    }

    @Override
    public void put(Tuple row) {
        List<Tuple> list = rows.computeIfAbsent(key(row), key -> new ArrayList<>());
        if (type.isSet()) {
            list.clear();
        }
        if (type != TableType.BAG || !list.contains(row)) {
            list.add(row);
        }
    }

    @Override
    public boolean insertNew(Tuple row) {
        boolean isNew = lookup(key(row)).isEmpty();
        if (isNew) {
            put(row);
        }
        return isNew;
    }

    @Override
    public boolean replace(Tuple expected, Tuple row) {
        List<Tuple> list = lookup(key(row));
        int index = list.indexOf(expected);
        if (index >= 0) {
            list.set(index, row);
        }
        return index >= 0;
    }

    @Override
    public List<Tuple> remove(Object key) {
        List<Tuple> removed = rows.remove(key);
        return removed == null ? List.of() : removed;
    }

    @Override
    public int removeRow(Tuple row) {
        List<Tuple> list = lookup(key(row));
        int before = list.size();
        if (!list.isEmpty()) {
            list.removeIf(row::equals);
        }
        int removed = before - list.size();
        rows.values().removeIf(List::isEmpty);
        return removed;
    }

    @Override
    public void putAll(List<Tuple> newRows) {
        newRows.forEach(this::put);
    }

    @Override
    public void clear() {
        rows.clear();
    }
}
