// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;

/** Matches any term. */
final class Any extends Pattern {

    static final String TAG = "any";
    static final Any ANY = new Any();

    private Any() {
        super(Tuple.of(TAG));
    }

    @Override
    Computation compile(Head head) {
        throw new IllegalArgumentException(
                "any() has no value, so it stands in patterns only; use a variable to refer to what matched");
    }

    @Override
    public String toString() {
        return "_";
    }
}
