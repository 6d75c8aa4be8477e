// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** An element of the row, if it has so many. */
record Element(int index) implements Computation {

    @Override
    public @Nullable Object of(Tuple row) {
        return index < row.size() ? row.get(index) : FAILURE;
    }
}
