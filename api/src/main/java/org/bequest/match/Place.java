// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.ArrayList;
import java.util.List;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in a row: the indexes of the tuples and lists that lead to it. What a variable matched is read from
 * its place, in a row known to match. So matching keeps nothing, and allocates nothing.
 */
record Place(List<Integer> path) implements Computation {

    static final Place ROW = new Place(List.of());

    Place then(int index) {
        List<Integer> longer = new ArrayList<>(path);
        longer.add(index);
        return new Place(List.copyOf(longer));
    }

    @Override
    public @Nullable Object of(Tuple row) {
        Object term = row;
        for (int i = 0; i < path.size(); i++) { // an iterator would be garbage
            int index = path.get(i);
            term = term instanceof Tuple tuple ? tuple.get(index) : ((List<?>) term).get(index);
        }
        return term;
    }
}
