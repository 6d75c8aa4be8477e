// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.jspecify.annotations.Nullable;

/**
 * What a row may look like: a variable, {@code any()}, a constant, or a tuple or list of patterns. As in Erlang, the same
 * notation read as an expression builds what the pattern takes apart; only {@code any()} has no value.
 */
public abstract sealed class Pattern extends Expression permits Variable, Any, Constant, Shape {

    Pattern(@Nullable Object term) {
        super(term);
    }
}
