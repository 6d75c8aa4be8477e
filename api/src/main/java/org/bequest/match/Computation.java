// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** An expression, compiled for the pattern of its clause. Without state, so that any number of threads may share it. */
@FunctionalInterface
interface Computation extends Condition {

    /**
     * That there is no value. Handed on as a result, since a throw for each row that a guard cannot make sense of would
     * make a scan crawl. Every computation that has operands looks for it.
     */
    Object FAILURE = new Object();

    /** Returns the value for a row that matches the pattern: a term, or {@link #FAILURE}. */
    @Nullable
    Object of(Tuple row);

    /** As a guard: whether the value is exactly true. */
    @Override
    default boolean holds(Tuple row) {
        return Boolean.TRUE.equals(of(row));
    }
}
