// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;

/** The row itself. */
final class Row extends Expression {

    static final String TAG = "row";
    static final Row ROW = new Row();

    private Row() {
        super(Tuple.of(TAG));
    }

    @Override
    Computation compile(Head head) {
        return Place.ROW;
    }

    @Override
    public String toString() {
        return "row";
    }
}
