// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bequest.match.Expression;
import org.bequest.match.MatchSpec;
import org.bequest.match.MatchSyntax;
import org.bequest.table.Column;
import org.bequest.table.RowForm;
import org.bequest.table.Shape;
import org.bequest.table.ShapeException;
import org.bequest.table.StaleShapeException;
import org.bequest.table.Table;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A table seen through a record: its rows are read as records and written from them, by column name. A view on the caller's
 * side; the table itself holds tuples, see {@link #tuples()}. Rights, fencing and the end of the table are those of its handle.
 * It holds the record's class: do not keep it longer than your bundle runs.
 *
 * <p>The table's columns may change under it, when its owner claims it with another record. It follows: columns that are still
 * there are read on, by their names and former names; a component whose column is gone is null, empty, or what {@link
 * RecordSpec#otherwise} says, and is not written any more.
 *
 * <p>Keys may be given as the component's type, or as a term. For enums in keys and match specifications, a term is the name.
 *
 * <p>Threads: any. Each method is as atomic as the one of {@link Table} that it is named after.
 *
 * <p>Failure: as {@link Table}; and {@link ShapeException} when a row cannot be read as a record, or written from one: it names
 * the row's key, the column and the value. Nothing was changed then. It is also thrown when a component can be read from no
 * column any more.
 *
 * @param <T> the record
 */
public final class RecordTable<T extends Record> implements Iterable<T> {
    /* How it works. A view is a shape, and the codec that was made for it. Everything is done in the view of the table's shape:
     * writes through a handle that refuses them under any other, reads and failures by a look at the shape before and after.
     * If it has changed, the call is made again in a new view. Reads of many are not stopped by that, see Walk.
     */
    private final RecordSpec<T> spec;
    private final Table table;
    private final boolean isSet;
    private final int keyPosition;
    private volatile View view;

    /**
     * What goes with one shape.
     *
     * @param key where the key is; null if the record does not know it
     */
    private record View(
            Shape shape,
            Table table,
            RecordCodec codec,
            @Nullable Slot key) {}

    private RecordTable(RecordSpec<T> spec, Table table) {
        this.spec = spec;
        this.table = table;
        this.isSet = table.info().type().isSet();
        this.keyPosition = table.info().keyPosition();
        this.view = newView();
    }

    /** The same as {@link Tables#create(RecordSpec)}. */
    public static <T extends Record> RecordTable<T> create(Tables tables, RecordSpec<T> spec) {
        return new RecordTable<>(spec, tables.create(spec.table()));
    }

    /** The same as {@link Tables#claim(RecordSpec)}. */
    public static <T extends Record> RecordTable<T> claim(Tables tables, RecordSpec<T> spec) {
        return new RecordTable<>(spec, new Claim(tables, spec).table());
    }

    /** The same as {@link Tables#open(RecordSpec)}. */
    public static <T extends Record> RecordTable<T> open(Tables tables, RecordSpec<T> spec) {
        return over(tables.open(spec.name()), spec);
    }

    /**
     * A view of a table that is in hand. Of the spec, only the record and what {@link RecordSpec#otherwise} says counts.
     *
     * @throws ShapeException if the table has no columns, or a component can be read from none
     */
    public static <T extends Record> RecordTable<T> over(Table table, RecordSpec<T> spec) {
        return new RecordTable<>(spec, table);
    }

    /**
     * A view of a table that the caller owns, such as one that was handed to him, whose columns follow the record: as {@link
     * Tables#claim(RecordSpec)}, but without claiming it.
     *
     * @throws ShapeException if they do not go together, or a migration failed; nothing has changed then
     */
    public static <T extends Record> RecordTable<T> adopt(Table table, RecordSpec<T> spec) {
        new Reshaping<>(table, spec).run();
        return new RecordTable<>(spec, table);
    }

    public String name() {
        return table.name();
    }

    /** The table itself: rows as tuples. Whoever writes them keeps to the {@linkplain Table#shape() shape} by himself. */
    public Table tuples() {
        return table;
    }

    /** The row with that key, or null; in a bag the one that came first. */
    public @Nullable T get(Object key) {
        return read(now -> decode(now, now.table.get(term(now, key))));
    }

    /** The rows with that key, in the order in which they came. Immutable. */
    public List<T> lookup(Object key) {
        return read(now -> records(now, now.table.lookup(term(now, key))));
    }

    public boolean member(Object key) {
        return read(now -> now.table.member(term(now, key)));
    }

    /** Number of rows. */
    public long size() {
        return table.size();
    }

    /** As {@link Table#toList()}. Immutable. */
    public List<T> toList() {
        return read(now -> records(now, now.table.toList()));
    }

    /** As {@link Table#iterator()}. */
    @Override
    public Iterator<T> iterator() {
        return read(Walk::new);
    }

    /** The rows of {@link #iterator()}, lazily. */
    public Stream<T> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL), false);
    }

    /** What the specification selects of each row that matches, as terms; as {@link Table#select(MatchSpec)}, by column names. */
    public List<@Nullable Object> select(MatchSpec spec) {
        return table.select(spec);
    }

    /** The records whose rows match; what the specification selects of them is left aside. Immutable. */
    public List<T> where(MatchSpec spec) {
        MatchSpec rows = spec.clauses().stream()
                .<MatchSpec>map(clause -> clause.select(MatchSyntax.row()))
                .reduce(MatchSpec::or)
                .orElseThrow();
        return read(now -> now.table.select(rows).stream()
                .map(row -> record(now, (Tuple) Objects.requireNonNull(row)))
                .toList());
    }

    /** The records for whose rows all of these are true: {@code where(column("rating").atLeast(7))}. Immutable. */
    public List<T> where(Expression... guards) {
        return where(MatchSyntax.rows().where(guards));
    }

    /** As {@link Table#insert(Tuple)}. In a set, columns that the record does not have become what they are by default. */
    public void insert(T record) {
        write(now -> {
            now.table.insert(encode(now, record, null));
            return true;
        });
    }

    /** Puts all of them in, in their order and as one; none if one of them cannot be a row. */
    public void insert(Collection<? extends T> records) {
        write(now -> {
            now.table.insert(rows(now, records));
            return true;
        });
    }

    /** Puts it in unless its key is there. Returns whether it did. */
    public boolean insertNew(T record) {
        return write(now -> now.table.insertNew(encode(now, record, null)));
    }

    /** Puts all of them in, as one, unless one of their keys is there. Returns whether it did. */
    public boolean insertNew(Collection<? extends T> records) {
        return write(now -> now.table.insertNew(rows(now, records)));
    }

    /**
     * Puts {@code record} in place of {@code expected} if that is there: compare and set. They are compared as rows, by the columns
     * that the record has; the others stay as they are. Not for bags. Returns whether it did.
     *
     * @throws IllegalArgumentException if the two have different keys
     */
    public boolean replace(T expected, T record) {
        return write(now -> {
            Tuple before = encode(now, expected, null);
            Object key = Objects.requireNonNull(before.get(keyPosition));
            Object next = encode(now, record, null).get(keyPosition);
            if (!key.equals(next)) {
                throw new IllegalArgumentException("A row of table '" + name()
                        + "' can only be replaced by one with its own key: " + key + ", " + next);
            }
            for (Tuple row = same(now, key, before); row != null; row = same(now, key, before)) {
                if (now.table.replace(row, encode(now, record, row))) {
                    return true;
                }
            }
            return false;
        });
    }

    /** The row that reads as this one does, or null. */
    private @Nullable Tuple same(View now, Object key, Tuple wanted) {
        return now.table.lookup(key).stream()
                .filter(row -> encode(now, record(now, row), null).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    /**
     * Sets one column of the row with that key. Returns false if there is no such row. Not for bags.
     *
     * @param value of the component's type, or a term that fits the column
     * @throws IllegalArgumentException if there is no such column, or it is the key
     * @throws ShapeException if the value does not fit the column
     */
    public boolean update(Object key, String column, @Nullable Object value) {
        return update(key, column, (now, at, row) -> now.codec.term(at, value));
    }

    /**
     * Adds to an integer column of the row with that key. Returns the sum. Not for bags.
     *
     * @throws IllegalArgumentException if there is no such row, or no such column, or it is the key or no integer
     * @throws ShapeException if the sum does not fit the column
     * @throws ArithmeticException if the sum is beyond a {@code long}
     */
    public long updateCounter(Object key, String column, long increment) {
        long[] sum = new long[1];
        boolean found = update(key, column, (now, at, row) -> {
            if (!Types.isInteger(at.type()) || !(at.in(row) instanceof Long count)) {
                throw new IllegalArgumentException(
                        "Column '" + column + "' of the row with key " + Errors.text(key) + " in table '" + name()
                                + "' is " + at.in(row) + ", a " + at.type() + ", and no integer to count in");
            }
            sum[0] = Math.addExact(count, increment);
            return now.codec.term(at, sum[0]);
        });
        if (!found) {
            throw new IllegalArgumentException(
                    "Table '" + name() + "' has no row with key " + Errors.text(key) + " to count in");
        }
        return sum[0];
    }

    /** What a column is to be. May be asked more than once. */
    private interface Update {
        @Nullable
        Object of(View now, Column column, Tuple row);
    }

    private boolean update(Object key, String name, Update update) {
        if (!isSet) {
            throw new UnsupportedOperationException(
                    "Table '" + name() + "' is a bag, where a key may have many rows, and"
                            + " no one of them can be updated. Delete and insert, or use a set.");
        }
        return write(now -> {
            Column column = column(now, name);
            Object term = term(now, key);
            for (Tuple row = now.table.get(term); row != null; row = now.table.get(term)) {
                if (now.table.replace(row, updated(now, column, row, update))) {
                    return true;
                }
            }
            return false;
        });
    }

    private Tuple updated(View now, Column column, Tuple row, Update update) {
        try {
            return now.codec.complete(row).with(column.position(), update.of(now, column, row));
        } catch (Misfit e) {
            throw Errors.row(name(), row.get(keyPosition), e);
        }
    }

    private Column column(View now, String name) {
        Column column = now.shape.column(name);
        if (column == null || column.position() == keyPosition) {
            throw new IllegalArgumentException("Table '" + name() + "' has no column '" + name
                    + "' that could be updated; its columns are " + now.shape
                    + (column == null ? "" : ", and that one is the key"));
        }
        return column;
    }

    /** Removes the row with that key, all of them in a bag. Returns whether there was one. */
    public boolean delete(Object key) {
        return write(now -> now.table.delete(term(now, key)));
    }

    /** Removes the rows that read as this one does, by the columns that the record has. Returns how many. */
    public int deleteObject(T record) {
        return write(now -> {
            Tuple wanted = encode(now, record, null);
            Object key = Objects.requireNonNull(wanted.get(keyPosition));
            int deleted = 0;
            for (Tuple row = same(now, key, wanted); row != null; row = same(now, key, wanted)) {
                deleted += now.table.deleteObject(row);
            }
            return deleted;
        });
    }

    /**
     * Removes the rows with that key and returns them. Immutable.
     *
     * @throws ShapeException if one of them cannot be read as the record; then it stays
     */
    public List<T> take(Object key) {
        return write(now -> {
            Object term = term(now, key);
            records(now, now.table.lookup(term)); // what cannot be read should not be lost
            return records(now, now.table.take(term));
        });
    }

    /** Removes all rows, as one. */
    public void deleteAll() {
        table.deleteAll();
    }

    /** Removes the rows that are meant, each on its own, by column names; as {@link Table#selectDelete}. */
    public long selectDelete(MatchSpec spec) {
        return table.selectDelete(spec);
    }

    /**
     * The table as a map from key, as a term, to record; see {@link Table#asMap(RowForm)}. It is made for the columns that the table
     * has now: when they change, its methods throw {@link StaleShapeException}, and a new one is to be asked for.
     *
     * @throws UnsupportedOperationException if the table is a bag
     */
    public ConcurrentMap<Object, T> asMap() {
        View now = read(present -> present);
        return now.table.asMap(new RowForm<>() {
            @Override
            public T value(Tuple row) {
                return record(now, row);
            }

            @Override
            public Tuple row(Object key, T value) {
                return encode(now, value, null);
            }
        });
    }

    private List<Tuple> rows(View now, Collection<? extends T> records) {
        return records.stream().map(record -> encode(now, record, null)).toList();
    }

    private List<T> records(View now, List<Tuple> rows) {
        return rows.stream().map(row -> record(now, row)).toList();
    }

    private @Nullable T decode(View now, @Nullable Tuple row) {
        return row == null ? null : record(now, row);
    }

    @SuppressWarnings("unchecked") // the codec is one for the record, and returns nothing else
    private T record(View now, Tuple row) {
        try {
            return (T) now.codec.read(row);
        } catch (Misfit e) {
            throw Errors.row(name(), row.get(keyPosition), e);
        }
    }

    private Tuple encode(View now, T record, @Nullable Tuple base) {
        try {
            return now.codec.encode(record, base);
        } catch (Misfit e) {
            throw Errors.record(name(), spec.record(), now.codec.key(record, keyPosition), e);
        }
    }

    private Object term(View now, Object key) {
        if (now.key != null && now.key.isTerm(key)) {
            return key;
        }
        Column column = now.shape.at(keyPosition);
        try {
            return Objects.requireNonNull(column == null ? key : now.codec.term(column, key), "key");
        } catch (Misfit e) {
            throw Errors.key(name(), key, e);
        }
    }

    /** Reads under one shape: if it has changed by then, what was read may be of two. */
    private <R extends @Nullable Object> R read(Function<View, R> call) {
        for (; ; ) {
            View now = view;
            R result = null;
            RuntimeException failure = null;
            try {
                result = call.apply(now);
            } catch (StaleShapeException e) {
                view = newView();
                continue;
            } catch (ShapeException e) {
                failure = e;
            }
            if (table.shape() == now.shape) {
                if (failure != null) {
                    throw failure;
                }
                return result;
            }
            view = newView();
        }
    }

    /** Writes under one shape: what could not be written may be a row of the next. */
    private <R extends @Nullable Object> R write(Function<View, R> call) {
        for (; ; ) {
            View now = view;
            try {
                return call.apply(now);
            } catch (StaleShapeException e) {
                view = newView();
            } catch (ShapeException | IllegalArgumentException e) {
                if (table.shape() == now.shape) {
                    throw e;
                }
                view = newView();
            }
        }
    }

    private View newView() {
        Shape shape = table.shape();
        if (shape == null) {
            throw Errors.noShape(name());
        }
        return newView(shape);
    }

    private View newView(Shape shape) {
        try {
            RecordCodec codec = spec.codec(shape);
            return new View(shape, table.under(shape), codec, codec.slot(keyPosition));
        } catch (Misfit e) {
            throw Errors.view(name(), spec.record(), shape, e);
        }
    }

    /** Rows of one layout: that of the beginning, which the rows under way keep when all are written anew meanwhile. */
    private final class Walk implements Iterator<T> {
        private final Iterator<Tuple> rows;
        private View last;

        Walk(View start) {
            last = start;
            rows = start.table.iterator();
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public T next() {
            Tuple row = rows.next();
            Shape shape = table.shape(); // asked after the row, so that it is not older than that
            if (shape != last.shape && shape != null && shape.layout() == last.shape.layout()) {
                last = newView(shape); // that very one: the layout of the next may be another
            }
            return record(last, row);
        }
    }

    @Override
    public String toString() {
        return spec + " in " + table;
    }
}
