// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Comparator;
import java.util.Objects;
import org.bequest.term.Tuple;

/** Where in its rows an ordered map has their keys, and in which order they are. */
final class Keys {

    private final int position;
    private final Comparator<Object> order;

    /** With an order by value, as {@link org.bequest.term.Terms#compare}, which may go on where values are equal. */
    Keys(int position, Comparator<Object> order) {
        this.position = position;
        this.order = order;
    }

    Object of(Object cell) {
        return Cells.key(cell, position);
    }

    long digest(Object cell) {
        return Digest.of(Cells.sample(cell), position);
    }

    /** Compares the key of a cell with that one. */
    int compareKey(Object cell, Object key) {
        Tuple row = Cells.sample(cell);
        return key instanceof Long number && row.isLong(position)
                ? Long.compare(row.getLong(position), number)
                : compare(Objects.requireNonNull(row.get(position)), key);
    }

    int compare(Object a, Object b) {
        return order.compare(a, b);
    }
}
