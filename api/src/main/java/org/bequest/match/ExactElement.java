// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Whether an element of the row is exactly a constant. A number that a row holds as such is compared as such. */
record ExactElement(int index, @Nullable Object constant) implements Computation {

    @Override
    public Object of(Tuple row) {
        return index < row.size() ? (Object) holds(row) : FAILURE;
    }

    @Override
    public boolean holds(Tuple row) {
        if (index >= row.size()) {
            return false;
        }
        return constant instanceof Long number
                ? row.isLong(index) && row.getLong(index) == number
                : Terms.equal(constant, row.get(index));
    }
}
