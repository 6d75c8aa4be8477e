// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bequest.match.Match;
import org.bequest.match.MatchSpec;
import org.bequest.match.MatchSyntax;
import org.bequest.match.Pattern;
import org.bequest.table.CounterUpdate;
import org.bequest.table.Heir;
import org.bequest.table.Recipient;
import org.bequest.table.Shape;
import org.bequest.table.Table;
import org.bequest.table.TableType;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What a user has of a table. Turns what it is given into terms before the gate, so that no code of a plugin runs inside. */
final class TableHandle extends ReadingHandle {
    private final Ledger ledger;

    TableHandle(Ledger ledger, KernelTable table, Life life) {
        this(ledger, table, Rights.of(life, table));
    }

    private TableHandle(Ledger ledger, KernelTable table, Rights rights) {
        super(table, rights);
        this.ledger = ledger;
    }

    @Override
    public Table under(Shape shape) {
        return new TableHandle(ledger, table, rights.under(shape));
    }

    @Override
    public boolean reshape(@Nullable Shape expected, Shape next) {
        checkKey(next);
        return ledger.reshape(this, expected, next);
    }

    @Override
    public boolean reshape(@Nullable Shape expected, Shape next, Map<Tuple, Tuple> rows) {
        checkKey(next);
        Map<Tuple, Tuple> copy = Map.copyOf(rows);
        copy.values().forEach(this::keyOf);
        return ledger.reshape(this, expected, next, copy);
    }

    private void checkKey(Shape next) {
        if (next.at(table.keyPosition) == null) {
            throw new IllegalArgumentException("Table '" + table.name() + "' has its keys at position "
                    + table.keyPosition + ", where there is no column of the shape " + next + " that " + who()
                    + " offered");
        }
    }

    @Override
    public long matchDelete(Pattern pattern) {
        return selectDelete(MatchSyntax.match(pattern));
    }

    @Override
    public long selectDelete(MatchSpec spec) {
        table.left(table.enter(rights, "delete from"));
        return meant(spec, "delete from").stream().mapToLong(this::deleteObject).sum();
    }

    /** All of them, before the first is changed: a specification that fails on one changes none. */
    private List<Tuple> meant(MatchSpec spec, String tried) {
        return selection(spec, tried).meant();
    }

    @Override
    public List<Tuple> selectTake(MatchSpec spec) {
        table.left(table.enter(rights, "take from"));
        return meant(spec, "take from").stream()
                .flatMap(row -> Collections.nCopies(deleteObject(row), row).stream())
                .toList();
    }

    @Override
    public long selectReplace(MatchSpec spec) {
        if (table.type == TableType.BAG) {
            throw notFor("replace rows in");
        }
        table.left(table.enter(rights, "replace in"));
        Selection selection = selection(spec, "replace in");
        List<Tuple> rows = new ArrayList<>();
        selection.rows(false).forEachRemaining(row -> {
            if (replacement(selection.spec(), row) != null) {
                rows.add(row);
            }
        });
        return rows.stream()
                .filter(row -> replaceSelected(selection.spec(), row))
                .count();
    }

    /** In a set, a row that has changed meanwhile is looked at again. */
    private boolean replaceSelected(MatchSpec spec, Tuple seen) {
        Tuple row = seen;
        while (row != null) {
            Tuple replacement = replacement(spec, row);
            if (replacement == null || replace(row, replacement)) {
                return replacement != null;
            }
            row = table.type.isSet() ? get(keyOf(row)) : null;
        }
        return false;
    }

    /** Null if the row does not match. */
    private @Nullable Tuple replacement(MatchSpec spec, Tuple row) {
        Match match = spec.evaluate(row);
        if (!match.found()) {
            return null;
        }
        if (match.value() instanceof Tuple replacement
                && replacement.size() > table.keyPosition
                && Terms.equal(replacement.get(table.keyPosition), keyOf(row))) {
            return replacement;
        }
        throw new IllegalArgumentException("Row " + row + " of table '" + table.name() + "' cannot be replaced by "
                + match.value() + " as " + who() + " asks: that is no row with its key " + keyOf(row) + ". " + spec);
    }

    @Override
    public void insert(Tuple row) {
        requireKey(row);
        int way = table.enter(rights, "insert into");
        try {
            table.store().put(row);
        } finally {
            table.left(way);
        }
    }

    @Override
    public void insert(Collection<Tuple> rows) {
        List<Tuple> batch = batch(rows);
        int way = table.enterAlone(rights, "insert into");
        try {
            table.store().putAll(batch);
        } finally {
            table.left(way);
        }
    }

    @Override
    public boolean insertNew(Tuple row) {
        requireKey(row);
        int way = table.enter(rights, "insert into");
        try {
            return table.store().insertNew(row);
        } finally {
            table.left(way);
        }
    }

    @Override
    public boolean insertNew(Collection<Tuple> rows) {
        List<Tuple> batch = batch(rows);
        int way = table.enterAlone(rights, "insert into");
        try {
            for (Tuple row : batch) {
                if (table.store().get(keyOf(row)) != null) {
                    return false;
                }
            }
            table.store().putAll(batch);
            return true;
        } finally {
            table.left(way);
        }
    }

    @Override
    public boolean replace(Tuple expected, Tuple row) {
        Object key = keyOf(row);
        if (table.type == TableType.BAG) {
            throw notFor("replace a row in");
        }
        if (!table.sameKey(keyOf(expected), key)) {
            throw new IllegalArgumentException(
                    "A row of table '" + table.name() + "' can only be replaced by one with its own key "
                            + expected.get(table.keyPosition) + ", but " + who() + " offers one with " + key);
        }
        int way = table.enter(rights, "replace in");
        try {
            return table.store().replace(expected, row);
        } finally {
            table.left(way);
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
        if (!table.type.isSet()) {
            throw notFor("update");
        }
        int way = table.enter(rights, "update");
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
            table.left(way);
        }
    }

    @Override
    public long updateCounter(Object key, int position, long increment) {
        return count(Terms.keyOf(key), List.of(CounterUpdate.add(position, increment)), null)[0];
    }

    @Override
    public long updateCounter(Object key, int position, long increment, Tuple defaultRow) {
        Object term = Terms.keyOf(key);
        return count(term, List.of(CounterUpdate.add(position, increment)), fresh(term, defaultRow))[0];
    }

    @Override
    public List<Long> updateCounter(Object key, List<CounterUpdate> updates, @Nullable Tuple defaultRow) {
        Object term = Terms.keyOf(key);
        return Arrays.stream(count(term, List.copyOf(updates), fresh(term, defaultRow)))
                .boxed()
                .toList();
    }

    private @Nullable Tuple fresh(Object key, @Nullable Tuple defaultRow) {
        if (defaultRow == null) {
            return null;
        }
        requireKey(defaultRow);
        return defaultRow.with(table.keyPosition, key);
    }

    /** Returns what each update has led to. */
    private long[] count(Object key, List<CounterUpdate> updates, @Nullable Tuple fresh) {
        if (!table.type.isSet()) {
            throw notFor("count in");
        }
        int way = table.enter(rights, "update");
        try {
            for (; ; ) {
                Tuple row = table.store().get(key);
                Tuple before = row == null ? fresh : row;
                if (before == null) {
                    throw noRow(key, "count in");
                }
                long[] sums = new long[updates.size()];
                Tuple after = before;
                for (int i = 0; i < sums.length; i++) {
                    CounterUpdate update = updates.get(i);
                    sums[i] = update.of(counter(after, update.position()));
                    after = after.with(update.position(), sums[i]);
                }
                if (row == null ? table.store().insertNew(after) : table.store().replace(row, after)) {
                    return sums;
                }
            }
        } finally {
            table.left(way);
        }
    }

    private long counter(Tuple row, int position) {
        checkPosition(row, position);
        if (row.isLong(position)) {
            return row.getLong(position);
        }
        throw new IllegalArgumentException("Element " + position + " of row " + row + " in table '" + table.name()
                + "' is no integer that " + who() + " could count in");
    }

    private UnsupportedOperationException notFor(String tried) {
        return new UnsupportedOperationException("Table '" + table.name() + "' is a " + table.type + ", and " + who()
                + " tried to " + tried + " it: a key may have many rows there. Delete and insert, or use a set.");
    }

    @Override
    public List<Tuple> take(Object key) {
        Object term = Terms.keyOf(key);
        int way = table.enter(rights, "take from");
        try {
            return table.store().remove(term);
        } finally {
            table.left(way);
        }
    }

    @Override
    public boolean delete(Object key) {
        return !take(key).isEmpty();
    }

    @Override
    public int deleteObject(Tuple row) {
        requireKey(row);
        int way = table.enter(rights, "delete from");
        try {
            return table.store().removeRow(row);
        } finally {
            table.left(way);
        }
    }

    @Override
    public void deleteAll() {
        int way = table.enterAlone(rights, "delete from");
        try {
            table.store().clear();
        } finally {
            table.left(way);
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
    public void rename(String name) {
        ledger.rename(this, name);
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
        requireKey(row);
        return Objects.requireNonNull(row.get(table.keyPosition));
    }

    /** Makes no object of a key that is a number. */
    private void requireKey(Tuple row) {
        int position = table.keyPosition;
        if (position >= row.size() || !row.isLong(position) && row.get(position) == null) {
            throw new IllegalArgumentException("Row " + row + " has no key at position " + position + ", where table '"
                    + table.name() + "' has its keys; " + who() + " offered it");
        }
    }

    private List<Tuple> batch(Collection<Tuple> rows) {
        List<Tuple> batch = new ArrayList<>();
        for (Tuple row : rows) {
            requireKey(row);
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
            throw new IllegalArgumentException("Position " + position + " of row " + row + " in table '" + table.name()
                    + "' is " + (position == table.keyPosition ? "its key" : "outside of it") + "; " + who()
                    + " cannot change it");
        }
    }
}
