// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolProtocol.BUSY;
import static org.bequest.pool.PoolProtocol.IDLE;
import static org.bequest.pool.PoolProtocol.PID;
import static org.bequest.pool.PoolProtocol.SLOT;

import java.util.Objects;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A place with its worker: the row that it has when it can be lent, and the one when this borrower has it. Immutable. */
final class Place {
    final Tuple idle;
    final Tuple busy;

    private Place(Tuple idle, Tuple busy) {
        this.idle = idle;
        this.busy = busy;
    }

    /** Of any row. One that is idle is kept as it is, so that comparing ends at the first look. */
    static Place of(Tuple row, Object borrower) {
        Object slot = Objects.requireNonNull(row.get(SLOT));
        Tuple idle = IDLE.equals(row.get(PoolProtocol.STATE)) ? row : PoolProtocol.free(slot, IDLE, row.get(PID));
        return new Place(idle, PoolProtocol.place(slot, BUSY, row.get(PID), borrower, null, null, null));
    }

    /** The same, lent just now, and from that stack. */
    Place watched(String stack) {
        return lent(BUSY, stack);
    }

    /** The same, lent in that state. @param stack null if leaks are not looked for */
    Place lent(String state, @Nullable String stack) {
        return as(PoolProtocol.place(
                slot(),
                state,
                busy.get(PID),
                busy.get(PoolProtocol.BORROWER),
                null,
                stack == null ? null : System.currentTimeMillis(),
                stack));
    }

    /** The same, lent as that row says. */
    Place as(Tuple row) {
        return new Place(idle, row);
    }

    Object slot() {
        return Objects.requireNonNull(idle.get(SLOT));
    }
}
