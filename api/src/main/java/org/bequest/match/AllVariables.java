// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;

/** The list of all variables, by number. */
final class AllVariables extends Expression {

    static final String TAG = "variables";
    static final AllVariables ALL = new AllVariables();

    private AllVariables() {
        super(Tuple.of(TAG));
    }

    @Override
    Computation compile(Head head) {
        return Shape.Brackets.LIST.around(head.variables());
    }

    @Override
    public String toString() {
        return "variables";
    }
}
