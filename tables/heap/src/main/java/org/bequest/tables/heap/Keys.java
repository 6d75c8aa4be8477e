// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Comparator;

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

    int compare(Object a, Object b) {
        return order.compare(a, b);
    }
}
