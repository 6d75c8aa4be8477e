// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** An element of the row that some rows do not have: what it reads as there. */
final class Cell extends Expression {

    static final String TAG = "cell";

    private final int index;
    private final @Nullable Object otherwise;
    private final boolean orNull;

    private Cell(int index, @Nullable Object otherwise, boolean orNull) {
        super(Tuple.of(TAG, (long) index, otherwise, orNull));
        this.index = index;
        this.otherwise = otherwise;
        this.orNull = orNull;
    }

    static Cell of(int index, @Nullable Object otherwise, boolean orNull) {
        if (index < 0) {
            throw new IllegalArgumentException("A row has no element " + index + "; elements count from 0");
        }
        return new Cell(index, Terms.copyOf(otherwise), orNull);
    }

    /** Null if the term is none. */
    static @Nullable Expression ofTerm(Tuple term) {
        return term.size() == 4
                        && term.get(1) instanceof Long index
                        && 0 <= index
                        && index <= Integer.MAX_VALUE
                        && term.get(3) instanceof Boolean orNull
                ? of(index.intValue(), term.get(2), orNull)
                : null;
    }

    @Override
    Computation compile(Head head) {
        return row -> {
            if (index >= row.size()) {
                return otherwise;
            }
            Object element = row.get(index);
            return element == null && orNull ? otherwise : element;
        };
    }

    @Override
    public String toString() {
        return "element(" + index + ", row) or " + Constant.of(otherwise);
    }
}
