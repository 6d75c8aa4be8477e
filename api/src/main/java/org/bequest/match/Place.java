// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.List;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in a row: at which index of the tuple or list at which place. What a variable matched is read from its
 * place, in a row known to match. So matching keeps nothing, and allocates nothing.
 *
 * @param around null for the row itself
 */
record Place(@Nullable Place around, int index) implements Computation {

    static final Place ROW = new Place(null, 0);

    Place then(int index) {
        return new Place(this, index);
    }

    /** Whether it is an element of the row, and not one of these or the row. */
    boolean isElement() {
        return around == ROW;
    }

    @Override
    public @Nullable Object of(Tuple row) {
        if (around == null) {
            return row;
        }
        Object whole = around.of(row);
        return whole instanceof Tuple tuple ? tuple.get(index) : ((List<?>) whole).get(index);
    }
}
