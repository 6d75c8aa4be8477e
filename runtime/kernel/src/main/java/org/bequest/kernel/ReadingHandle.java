// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bequest.match.MatchSpec;
import org.bequest.match.MatchSyntax;
import org.bequest.match.Pattern;
import org.bequest.table.Continuation;
import org.bequest.table.Fixation;
import org.bequest.table.Keyed;
import org.bequest.table.Owner;
import org.bequest.table.Page;
import org.bequest.table.Shape;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The reading half of a {@link TableHandle}. */
abstract class ReadingHandle implements Table {
    final KernelTable table;
    final Rights rights;

    ReadingHandle(KernelTable table, Rights rights) {
        this.table = table;
        this.rights = rights;
    }

    final KernelTable table() {
        return table;
    }

    final Rights rights() {
        return rights;
    }

    /** Who holds it, for what is said to people. */
    final Owner who() {
        return rights.life.who();
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public TableInfo info() {
        return table.info(rights);
    }

    @Override
    public @Nullable Shape shape() {
        return table.shape(rights);
    }

    @Override
    public @Nullable Tuple get(Object key) {
        return table.reading(rights, "read").store().get(Terms.keyOf(key));
    }

    @Override
    public List<Tuple> lookup(Object key) {
        return table.reading(rights, "read").store().lookup(Terms.keyOf(key));
    }

    @Override
    public @Nullable Object lookupElement(Object key, int position) {
        List<Tuple> rows = lookup(key);
        if (rows.isEmpty()) {
            throw noRow(key, "look at");
        }
        return elementOf(rows, position);
    }

    @Override
    public @Nullable Object lookupElement(Object key, int position, @Nullable Object otherwise) {
        List<Tuple> rows = lookup(key);
        return rows.isEmpty() ? otherwise : elementOf(rows, position);
    }

    private @Nullable Object elementOf(List<Tuple> rows, int position) {
        for (Tuple row : rows) {
            if (position < 0 || position >= row.size()) {
                throw new IllegalArgumentException("Row " + row + " of table '" + table.name() + "' has no position "
                        + position + " for " + who() + " to look at; positions count from 0");
            }
        }
        return table.type.isSet()
                ? rows.get(0).get(position)
                : Terms.copyOf(rows.stream().map(row -> row.get(position)).toList());
    }

    final IllegalArgumentException noRow(Object key, String tried) {
        return new IllegalArgumentException(
                "Table '" + table.name() + "' has no row with key " + key + " for " + who() + " to " + tried + ".");
    }

    @Override
    public boolean member(Object key) {
        return get(key) != null;
    }

    @Override
    public long size() {
        return table.reading(rights, "read").store().size();
    }

    @Override
    public List<Tuple> toList() {
        return table.reading(rights, "read").store().toList();
    }

    @Override
    public Iterator<Tuple> iterator() {
        Iterator<Tuple> rows = table.reading(rights, "read").store().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Tuple next() {
                table.checkRead(rights, "go on reading");
                return rows.next();
            }
        };
    }

    @Override
    public @Nullable Object first() {
        return table.reading(rights, "read").store().first();
    }

    @Override
    public @Nullable Object last() {
        return table.reading(rights, "read").store().last();
    }

    @Override
    public @Nullable Object next(Object key) {
        return table.reading(rights, "read").store().next(Terms.keyOf(key));
    }

    @Override
    public @Nullable Object prev(Object key) {
        return table.reading(rights, "read").store().prev(Terms.keyOf(key));
    }

    @Override
    public @Nullable Keyed firstLookup() {
        return keyed(first(), this::next);
    }

    @Override
    public @Nullable Keyed lastLookup() {
        return keyed(last(), this::prev);
    }

    @Override
    public @Nullable Keyed nextLookup(Object key) {
        return keyed(next(key), this::next);
    }

    @Override
    public @Nullable Keyed prevLookup(Object key) {
        return keyed(prev(key), this::prev);
    }

    /** A key whose rows have gone by the time that they are looked up is passed over. */
    private @Nullable Keyed keyed(@Nullable Object start, UnaryOperator<@Nullable Object> step) {
        for (Object key = start; key != null; key = step.apply(key)) {
            List<Tuple> rows = lookup(key);
            if (!rows.isEmpty()) {
                return new Keyed(key, rows);
            }
        }
        return null;
    }

    @Override
    public Fixation fix() {
        return table.fix(rights);
    }

    @Override
    @SuppressWarnings("unchecked") // what variables() selects is a list each time
    public List<List<@Nullable Object>> match(Pattern pattern) {
        return (List<List<@Nullable Object>>)
                (List<?>) select(MatchSyntax.match(pattern).select(MatchSyntax.variables()));
    }

    @Override
    public List<Tuple> matchObject(Pattern pattern) {
        return selection(MatchSyntax.match(pattern), "read").meant();
    }

    @Override
    public List<@Nullable Object> select(MatchSpec spec) {
        return selection(spec, "read").results(false);
    }

    @Override
    public List<@Nullable Object> selectReverse(MatchSpec spec) {
        return selection(spec, "read").results(true);
    }

    @Override
    public Page select(MatchSpec spec, int limit) {
        return page(spec, limit, false, null);
    }

    @Override
    public Page selectReverse(MatchSpec spec, int limit) {
        return page(spec, limit, true, null);
    }

    @Override
    public Page select(Continuation continuation) {
        return page(
                continuation.spec(), continuation.limit(), continuation.reverse(), Terms.keyOf(continuation.after()));
    }

    private Page page(MatchSpec spec, int limit, boolean reverse, @Nullable Object after) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page of table '" + table.name() + "' needs a limit of at least 1; "
                    + who() + " asked for " + limit);
        }
        return selection(spec, "read").page(limit, reverse, after);
    }

    @Override
    public long selectCount(MatchSpec spec) {
        return selection(spec, "read").count();
    }

    @Override
    public String explain(MatchSpec spec) {
        return selection(spec, "read").explain();
    }

    final Selection selection(MatchSpec spec, String tried) {
        KernelTable.Content content = table.reading(rights, tried);
        Shape shape = content.shape();
        return new Selection(table, content.store(), shape == null ? spec.resolve(List.of()) : shape.resolve(spec));
    }

    @Override
    public void dump(Path file) throws IOException {
        TableInfo info = info();
        List<Tuple> rows = toList();
        while (info.shape() != shape()) { // the rows may be of the one before
            info = info();
            rows = toList();
        }
        DumpFile.write(file, info, rows);
    }

    @Override
    public String toString() {
        return "table '" + table.name() + "' as seen by " + who();
    }
}
