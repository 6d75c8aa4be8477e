// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tvshows;

import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.tuple;
import static org.bequest.match.MatchSyntax.var;

import java.util.Comparator;
import java.util.List;
import org.bequest.table.Table;
import org.bequest.term.Tuple;

/** A row is a tuple, and its elements have positions, as in ETS. */
final class TupleShows implements Shows {
    private final Table shows;

    TupleShows(Table shows) {
        this.shows = shows;
    }

    @Override
    public void insert(String title, String actor, double rating) {
        shows.insert(Tuple.of(title, actor, rating));
    }

    @Override
    public List<Tuple> toList() {
        return shows.stream()
                .sorted(Comparator.comparing(row -> row.getString(0)))
                .toList();
    }

    @Override
    public boolean delete(String title) {
        return shows.delete(title);
    }

    @Override
    public List<Tuple> lookup(String title) {
        return shows.lookup(title);
    }

    @Override
    public List<?> match(List<String> pattern) {
        return shows.match(tuple(pattern.stream().map(TupleShows::element).toArray()));
    }

    private static Object element(String text) {
        if (text.startsWith("$")) {
            return var(Integer.parseInt(text.substring(1)));
        }
        return text.equals("_") ? any() : text;
    }
}
