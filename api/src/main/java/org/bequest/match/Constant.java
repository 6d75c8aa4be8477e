// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A term that stands for itself. */
final class Constant extends Pattern {

    static final String TAG = "const";

    private final @Nullable Object value;

    private Constant(@Nullable Object term, @Nullable Object value) {
        super(term);
        this.value = value;
    }

    static Constant of(@Nullable Object value) {
        Object constant = Terms.copyOf(value);
        // Tuples are marked, since everything but constants is written as one.
        return new Constant(constant instanceof Tuple ? Tuple.of(TAG, constant) : constant, constant);
    }

    @Nullable
    Object value() {
        return value;
    }

    @Override
    Computation compile(Head head) {
        return row -> value;
    }

    @Override
    public String toString() {
        String inTuple = Tuple.of(value).toString(); // which writes strings as literals
        return inTuple.substring(1, inTuple.length() - 1);
    }
}
