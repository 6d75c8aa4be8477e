// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tvshows;

import static org.bequest.match.MatchSyntax.column;
import static org.bequest.match.MatchSyntax.list;
import static org.bequest.match.MatchSyntax.rows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bequest.match.Expression;
import org.bequest.record.RecordSpec;
import org.bequest.record.RecordTable;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;

/** A row is a record, and its columns have names and types. */
final class RecordShows implements Shows {
    private static final RecordSpec<Show> SPEC = TableSpec.of(TABLE, Show.class);
    private static final List<String> COLUMNS = List.of("title", "actor", "rating");

    private final RecordTable<Show> shows;

    RecordShows(Table table) {
        shows = RecordTable.over(table, SPEC);
    }

    /** @param like what the table is to be, but for its columns: those are the record's */
    static Table create(Tables tables, TableSpec like) {
        return tables.create(SPEC.type(like.type()).access(like.access())).tuples();
    }

    @Override
    public void insert(String title, String actor, double rating) {
        shows.insert(new Show(title, actor, rating));
    }

    @Override
    public List<Show> toList() {
        return shows.stream().sorted(Comparator.comparing(Show::title)).toList();
    }

    @Override
    public boolean delete(String title) {
        return shows.delete(title);
    }

    @Override
    public List<Show> lookup(String title) {
        return shows.lookup(title);
    }

    /** What a pattern says by positions, said by names. */
    @Override
    public List<?> match(List<String> pattern) {
        List<Expression> guards = new ArrayList<>();
        SortedMap<String, Expression> wanted = new TreeMap<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            String text = pattern.get(i);
            if (text.startsWith("$")) {
                wanted.put(text, column(COLUMNS.get(i)));
            } else if (!text.equals("_")) {
                guards.add(column(COLUMNS.get(i)).equalTo(text));
            }
        }
        return shows.select(rows().where(guards.toArray(Expression[]::new))
                .select(list(wanted.values().toArray())));
    }
}
