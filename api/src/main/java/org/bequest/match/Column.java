// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bequest.term.Tuple;

/** An element of the row by name. */
final class Column extends Expression {

    static final String TAG = "column";

    private final String name;

    Column(String name) {
        super(Tuple.of(TAG, Objects.requireNonNull(name, "name")));
        this.name = name;
    }

    @Override
    Computation compile(Head head) {
        return row -> {
            throw new AssertionError("evaluated before it was resolved: " + this);
        };
    }

    @Override
    void collectColumns(Set<String> names) {
        names.add(name);
    }

    @Override
    Expression resolve(Map<String, Expression> columns) {
        Expression element = columns.get(name);
        if (element == null) {
            throw new IllegalArgumentException(
                    "There is no column '" + name + "'; the columns are " + columns.keySet());
        }
        return element;
    }

    @Override
    public String toString() {
        return "column(" + Constant.of(name) + ")";
    }
}
