// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Objects;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * A table that the table manager keeps for somebody. Immutable.
 *
 * @param table what it is to be; the manager puts itself in as the heir
 * @param holder whom it is for: given to him when he arrives, taken back when he ends, given to the next who arrives
 * @param gift a term that goes with it, or null
 */
public record ManagedTable(
        TableSpec table, Recipient holder, @Nullable Object gift) {
    public ManagedTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(holder, "holder");
        gift = Terms.copyOf(gift);
    }
}
