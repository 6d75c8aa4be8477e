// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.match;
import static org.bequest.match.MatchSyntax.tuple;
import static org.bequest.match.MatchSyntax.var;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bequest.table.Table;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A table of a container, by the owner's handle. */
class BequestRows implements Rows {
    private final Bequest bequest = Bequest.start();
    private final Function<Tables, Table> creation;
    private Table table;

    /** @param creation of an empty table */
    BequestRows(Function<Tables, Table> creation) throws Exception {
        this.creation = creation;
        this.table = creation.apply(bequest.tables);
    }

    @Override
    public void renew() {
        table.drop();
        table = creation.apply(bequest.tables);
    }

    final Table table() {
        return table;
    }

    private static Tuple tupleOf(Row row) {
        return Tuple.of(row.key(), row.text(), row.number());
    }

    @Override
    public @Nullable Object get(long key) {
        return table.get(key);
    }

    @Override
    public long number(long key) {
        return table.get(key).getLong(2);
    }

    @Override
    public void insert(Row row) {
        table.insert(tupleOf(row));
    }

    @Override
    public boolean insertNew(Row row) {
        return table.insertNew(tupleOf(row));
    }

    @Override
    public void insertAll(List<Row> rows) {
        List<Tuple> tuples = new ArrayList<>(rows.size());
        rows.forEach(row -> tuples.add(tupleOf(row)));
        table.insert(tuples);
    }

    @Override
    public void insert(NamedRow row) {
        table.insert(Tuple.of(row.key(), row.text(), row.number()));
    }

    @Override
    public void delete(long key) {
        table.delete(key);
    }

    @Override
    public @Nullable Object updateCounter(long key) {
        return table.updateCounter(key, 2, 1);
    }

    @Override
    public List<?> matchKey(long key) {
        return table.match(tuple(key, any(), var(0)));
    }

    @Override
    public List<?> matchRange(long from, long to) {
        return table.select(match(tuple(var(0), any(), var(1)))
                .where(var(0).atLeast(from), var(0).lessThan(to))
                .select(var(1)));
    }

    @Override
    public long count(long least) {
        return table.selectCount(match(tuple(any(), any(), var(0))).where(var(0).atLeast(least)));
    }

    @Override
    public long sum() {
        long sum = 0;
        for (Tuple row : table) {
            sum += row.getLong(2);
        }
        return sum;
    }

    @Override
    public void close() {
        bequest.close();
    }
}
