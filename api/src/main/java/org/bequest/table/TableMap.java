// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bequest.term.NotATermException;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A set table as a map; see {@link Table#asMap}. */
class TableMap<V> extends AbstractMap<Object, V> implements ConcurrentMap<Object, V> {
    /* How it works. Each write of the table that depends on a row is a compare-and-set of that row, repeated until no other
     * write came between. What compares values (equals of a record, say) or makes new ones (the functions of compute and
     * merge, which ConcurrentMap's own methods call in the same kind of loop) runs here, between the calls of the table.
     */
    final Table table;

    private final RowForm<V> form;
    private final int keyPosition;

    TableMap(Table table, RowForm<V> form, int keyPosition) {
        this.table = table;
        this.form = form;
        this.keyPosition = keyPosition;
    }

    /** The map that suits the table's type: keys of an ordered set are in order, and told apart by value. */
    static <V> ConcurrentMap<Object, V> of(Table table, RowForm<V> form) {
        TableInfo info = table.info();
        return switch (info.type()) {
            case SET -> new TableMap<>(table, form, info.keyPosition());
            case ORDERED_SET -> TableNavigableMap.of(table, form);
            case BAG, DUPLICATE_BAG ->
                throw new UnsupportedOperationException("Table '" + info.name() + "' is a " + info.type()
                        + " and cannot be a map: a key may have many rows there. Use lookup, or a set.");
        };
    }

    /** Whether the two keys, both terms, are the same to the table. */
    boolean same(Object a, @Nullable Object b) {
        return Terms.equal(a, b);
    }

    /** Whether the map, which may be a part of the table's, can have that key. */
    boolean covers(Object key) {
        return true;
    }

    /** The rows that the map shows, in its order. */
    Iterator<Tuple> rows() {
        return table.iterator();
    }

    final Object keyOf(Tuple row) {
        return Objects.requireNonNull(row.get(keyPosition));
    }

    final V valueOf(Tuple row) {
        return form.value(row);
    }

    private @Nullable V valueOrNull(@Nullable Tuple row) {
        return row == null ? null : form.value(row);
    }

    /** The term for a key that is asked about, or null if the map can have none such. */
    private @Nullable Object asked(@Nullable Object key) {
        Objects.requireNonNull(key, "key");
        try {
            Object term = Terms.keyOf(key);
            return covers(term) ? term : null;
        } catch (NotATermException foreign) {
            return null;
        }
    }

    private @Nullable Tuple find(@Nullable Object key) {
        Object term = asked(key);
        return term == null ? null : table.get(term);
    }

    private Tuple rowOf(Object key, V value) {
        Object term = Terms.keyOf(Objects.requireNonNull(key, "key"));
        Tuple row = form.row(term, Objects.requireNonNull(value, "value"));
        if (row.size() <= keyPosition || !same(term, row.get(keyPosition))) {
            throw new IllegalArgumentException("Row " + row + " cannot be put under key " + term + " in a map of "
                    + table + ": a row's key is its element " + keyPosition + " (from 0).");
        }
        if (!covers(term)) {
            throw new IllegalArgumentException(
                    "Key " + term + " is not in the range that this part of the map of " + table + " is for.");
        }
        return row;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return valueOrNull(find(key));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) != null;
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return super.containsValue(Objects.requireNonNull(value, "value"));
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, table.size());
    }

    @Override
    public @Nullable V put(Object key, V value) {
        Tuple row = rowOf(key, value);
        for (; ; ) {
            Tuple present = table.get(keyOf(row));
            if (present == null ? table.insertNew(row) : table.replace(present, row)) {
                return valueOrNull(present);
            }
        }
    }

    @Override
    public @Nullable V putIfAbsent(Object key, V value) {
        Tuple row = rowOf(key, value);
        while (!table.insertNew(row)) {
            Tuple present = table.get(keyOf(row));
            if (present != null) {
                return valueOf(present);
            }
        }
        return null;
    }

    @Override
    public @Nullable V replace(Object key, V value) {
        Tuple row = rowOf(key, value);
        for (; ; ) {
            Tuple present = table.get(keyOf(row));
            if (present == null || table.replace(present, row)) {
                return valueOrNull(present);
            }
        }
    }

    @Override
    public boolean replace(Object key, V expected, V value) {
        Objects.requireNonNull(expected, "expected");
        Tuple row = rowOf(key, value);
        for (; ; ) {
            Tuple present = table.get(keyOf(row));
            if (present == null || !expected.equals(valueOf(present))) {
                return false;
            }
            if (table.replace(present, row)) {
                return true;
            }
        }
    }

    @Override
    public @Nullable V remove(@Nullable Object key) {
        Object term = asked(key);
        List<Tuple> taken = term == null ? List.of() : table.take(term);
        return taken.isEmpty() ? null : valueOf(taken.get(0));
    }

    @Override
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        for (; ; ) {
            Tuple present = find(key);
            if (present == null || value == null || !value.equals(valueOf(present))) {
                return false;
            }
            if (table.deleteObject(present) > 0) {
                return true;
            }
        }
    }

    @Override
    public void clear() {
        table.deleteAll();
    }

    @Override
    public Set<Object> keySet() {
        return new TableKeys(this);
    }

    @Override
    public Collection<V> values() {
        return new TableValues<>(this);
    }

    @Override
    public Set<Map.Entry<Object, V>> entrySet() {
        return new TableEntries<>(this);
    }

    final Iterator<Object> keyIterator() {
        return new Walk<>(Map.Entry::getKey, entry -> remove(entry.getKey()));
    }

    final Iterator<V> valueIterator() {
        return new Walk<>(Map.Entry::getValue, entry -> remove(entry.getKey(), entry.getValue()));
    }

    final Iterator<Map.Entry<Object, V>> entryIterator() {
        return new Walk<>(entry -> entry, entry -> remove(entry.getKey(), entry.getValue()));
    }

    /** One part of each entry in turn. */
    private final class Walk<E> implements Iterator<E> {
        private final Iterator<Tuple> rows = rows();
        private final Function<TableEntry<V>, E> part;
        private final Consumer<TableEntry<V>> remover;
        private @Nullable TableEntry<V> last;

        Walk(Function<TableEntry<V>, E> part, Consumer<TableEntry<V>> remover) {
            this.part = part;
            this.remover = remover;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public E next() {
            Tuple row = rows.next();
            last = new TableEntry<>(TableMap.this, keyOf(row), valueOf(row));
            return part.apply(last);
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException(
                        "There is no element that next has returned and remove has not removed");
            }
            remover.accept(last);
            last = null;
        }
    }
}
