// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.List;
import org.bequest.term.Tuple;

/** What a row must pass to fit a clause: a part of its pattern, or a guard. Without state, as a {@link Computation}. */
@FunctionalInterface
interface Condition {

    boolean holds(Tuple row);

    /** All of them, in their order: a tree, since a loop over many kinds takes longer, and a chain could overflow the stack. */
    static Condition all(List<Condition> conditions) {
        int half = conditions.size() / 2;
        return switch (conditions.size()) {
            case 0 -> row -> true;
            case 1 -> conditions.get(0);
            default -> {
                Condition first = all(conditions.subList(0, half));
                Condition second = all(conditions.subList(half, conditions.size()));
                yield row -> first.holds(row) && second.holds(row);
            }
        };
    }
}
