// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bequest.table.Heir;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What a user has of a table. Turns what it is given into terms before the gate, so that no code of a plugin runs inside. */
final class TableHandle implements Table {
    final Life life;
    /** The tenure in which it has an owner's rights; null if it never had them. */
    final @Nullable Tenure tenure;

    private final KernelTable table;
    private final Ledger ledger;

    TableHandle(Ledger ledger, KernelTable table, Life life) {
        Tenure now = table.tenure();
        this.ledger = ledger;
        this.table = table;
        this.life = life;
        this.tenure = now.life == life ? now : null;
    }

    @Override
    public String name() {
        return table.name;
    }

    KernelTable table() {
        return table;
    }

    @Override
    public TableInfo info() {
        return table.info(this);
    }

    @Override
    public @Nullable Tuple get(Object key) {
        return table.reading(this, "read").get(Terms.keyOf(key));
    }

    @Override
    public List<Tuple> lookup(Object key) {
        return listOf(get(key));
    }

    @Override
    public boolean member(Object key) {
        return get(key) != null;
    }

    @Override
    public long size() {
        return table.reading(this, "read").size();
    }

    @Override
    public List<Tuple> toList() {
        return table.reading(this, "read").toList();
    }

    @Override
    public Iterator<Tuple> iterator() {
        Iterator<Tuple> rows = table.reading(this, "read").iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                table.reading(TableHandle.this, "go on reading");
                return rows.hasNext();
            }

            @Override
            public Tuple next() {
                table.reading(TableHandle.this, "go on reading");
                return rows.next();
            }
        };
    }

    @Override
    public @Nullable Object first() {
        return ordered("first").first();
    }

    @Override
    public @Nullable Object last() {
        return ordered("last").last();
    }

    @Override
    public @Nullable Object next(Object key) {
        return ordered("next").next(Terms.keyOf(key));
    }

    @Override
    public @Nullable Object prev(Object key) {
        return ordered("prev").prev(Terms.keyOf(key));
    }

    private Store ordered(String operation) {
        if (table.type != TableType.ORDERED_SET) {
            throw new UnsupportedOperationException(
                    "Table '" + table.name + "' is a " + table.type + ": it has no order to go by, so " + life.who()
                            + " cannot ask it for " + operation + ". Iterate, or create it as an ORDERED_SET.");
        }
        return table.reading(this, "read");
    }

    @Override
    public void insert(Tuple row) {
        keyOf(row);
        long stamp = table.enter(this, "insert into");
        try {
            table.store().put(row);
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public void insert(Collection<Tuple> rows) {
        List<Tuple> batch = batch(rows);
        long stamp = table.enterAlone(this, "insert into");
        try {
            table.store().putAll(batch);
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public boolean insertNew(Tuple row) {
        keyOf(row);
        long stamp = table.enter(this, "insert into");
        try {
            return table.store().insertNew(row);
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public boolean insertNew(Collection<Tuple> rows) {
        List<Tuple> batch = batch(rows);
        long stamp = table.enterAlone(this, "insert into");
        try {
            for (Tuple row : batch) {
                if (table.store().get(keyOf(row)) != null) {
                    return false;
                }
            }
            table.store().putAll(batch);
            return true;
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public boolean replace(Tuple expected, Tuple row) {
        Object key = keyOf(row);
        if (!Terms.equal(keyOf(expected), key)) {
            throw new IllegalArgumentException(
                    "A row of table '" + table.name + "' can only be replaced by one with its own key "
                            + expected.get(table.keyPosition) + ", but " + life.who() + " offers one with " + key);
        }
        long stamp = table.enter(this, "replace in");
        try {
            return table.store().replace(expected, row);
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public boolean update(Object key, int position, @Nullable Object value) {
        Object term = Terms.keyOf(key);
        Object element = Terms.copyOf(value);
        return change(term, row -> withElement(row, position, element));
    }

    @Override
    public boolean update(Object key, Map<Integer, ? extends @Nullable Object> values) {
        Object term = Terms.keyOf(key);
        List<Element> elements = new ArrayList<>();
        values.forEach((position, value) -> elements.add(new Element(position, Terms.copyOf(value))));
        return change(term, row -> {
            Tuple changed = row;
            for (Element element : elements) {
                changed = withElement(changed, element.position, element.value);
            }
            return changed;
        });
    }

    private record Element(int position, @Nullable Object value) {}

    /** A change of one row; must be free of side effects, since it may be made more than once. */
    private interface Change {
        Tuple of(Tuple row);
    }

    private boolean change(Object key, Change change) {
        long stamp = table.enter(this, "update");
        try {
            for (; ; ) {
                Tuple row = table.store().get(key);
                if (row == null) {
                    return false;
                }
                if (table.store().replace(row, change.of(row))) {
                    return true;
                }
            }
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public long updateCounter(Object key, int position, long increment) {
        return count(Terms.keyOf(key), position, increment, null);
    }

    @Override
    public long updateCounter(Object key, int position, long increment, Tuple defaultRow) {
        Object term = Terms.keyOf(key);
        keyOf(defaultRow);
        return count(term, position, increment, defaultRow.with(table.keyPosition, term));
    }

    private long count(Object key, int position, long increment, @Nullable Tuple fresh) {
        long stamp = table.enter(this, "update");
        try {
            for (; ; ) {
                Tuple row = table.store().get(key);
                if (row == null && fresh == null) {
                    throw new IllegalArgumentException("Table '" + table.name + "' has no row with key " + key
                            + " to count in for " + life.who() + ". Insert it first, or give a default row.");
                }
                Tuple before = row == null ? fresh : row;
                long sum = Math.addExact(counter(before, position), increment);
                Tuple after = withElement(before, position, sum);
                if (row == null ? table.store().insertNew(after) : table.store().replace(row, after)) {
                    return sum;
                }
            }
        } finally {
            table.left(stamp);
        }
    }

    private long counter(Tuple row, int position) {
        checkPosition(row, position);
        if (row.get(position) instanceof Long count) {
            return count;
        }
        throw new IllegalArgumentException("Element " + position + " of row " + row + " in table '" + table.name
                + "' is no integer that " + life.who() + " could count in");
    }

    @Override
    public List<Tuple> take(Object key) {
        Object term = Terms.keyOf(key);
        long stamp = table.enter(this, "take from");
        try {
            return listOf(table.store().remove(term));
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public boolean delete(Object key) {
        return !take(key).isEmpty();
    }

    @Override
    public void deleteAll() {
        long stamp = table.enterAlone(this, "delete from");
        try {
            table.store().clear();
        } finally {
            table.left(stamp);
        }
    }

    @Override
    public void giveAway(Recipient to, @Nullable Object gift) {
        ledger.giveAway(this, to, Terms.copyOf(gift));
    }

    @Override
    public void setHeir(@Nullable Heir heir) {
        ledger.setHeir(this, heir);
    }

    @Override
    public void leave() {
        ledger.leave(this);
    }

    @Override
    public void drop() {
        ledger.drop(this);
    }

    private Object keyOf(Tuple row) {
        Object key = table.keyPosition < row.size() ? row.get(table.keyPosition) : null;
        if (key == null) {
            throw new IllegalArgumentException("Row " + row + " has no key at position " + table.keyPosition
                    + ", where table '" + table.name + "' has its keys; " + life.who() + " offered it");
        }
        return key;
    }

    private List<Tuple> batch(Collection<Tuple> rows) {
        List<Tuple> batch = new ArrayList<>();
        for (Tuple row : rows) {
            keyOf(row);
            batch.add(row);
        }
        return batch;
    }

    private Tuple withElement(Tuple row, int position, @Nullable Object value) {
        checkPosition(row, position);
        return row.with(position, value);
    }

    private void checkPosition(Tuple row, int position) {
        if (position == table.keyPosition || position < 0 || position >= row.size()) {
            throw new IllegalArgumentException("Position " + position + " of row " + row + " in table '" + table.name
                    + "' is " + (position == table.keyPosition ? "its key" : "outside of it") + "; " + life.who()
                    + " cannot change it");
        }
    }

    private static List<Tuple> listOf(@Nullable Tuple row) {
        return row == null ? List.of() : List.of(row);
    }

    @Override
    public String toString() {
        return "table '" + table.name + "' as seen by " + life.who();
    }
}
