// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;

/** What a row must pass to fit a clause: a part of its pattern, or a guard. Without state, as a {@link Computation}. */
@FunctionalInterface
interface Condition {

    boolean holds(Tuple row);
}
