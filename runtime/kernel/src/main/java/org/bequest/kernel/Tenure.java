// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Objects;
import org.bequest.table.Owner;
import org.jspecify.annotations.Nullable;

/**
 * One ownership of a table, from one transfer to the next; compared by identity. A handle that was made in one tenure has
 * an owner's rights in that tenure only.
 *
 * @param life null in escrow
 * @param claimant who may claim the table; null unless in escrow
 */
final class Tenure {
    final @Nullable Life life;
    final Owner owner;
    final @Nullable String claimant;

    Tenure(Life life) {
        this.life = life;
        this.owner = life.who();
        this.claimant = null;
    }

    /** Escrow, after that tenure. */
    Tenure(Tenure left, Owner.Escrow owner) {
        this.life = null;
        this.owner = owner;
        this.claimant = Objects.requireNonNull(left.life).claimant();
    }
}
