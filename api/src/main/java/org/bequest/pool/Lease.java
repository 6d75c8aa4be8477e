// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolException.Problem.RETURNED;

import java.time.Duration;
import java.util.Objects;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A worker that was borrowed from a pool, until it is closed. If the borrower ends before, the pool takes it back by itself.
 *
 * <p>Threads: any, though meant for the one that borrowed. Failure: {@link #close} and {@link #discard} never fail, and do
 * nothing once the lease is over; calls throw what {@link org.bequest.process.Processes#call} does, and {@link PoolException}
 * after the lease was closed.
 */
public final class Lease implements AutoCloseable {
    private final Pool pool;
    private final Slots slots;
    private final Tuple row;
    private final Pid pid;
    /** Not volatile: whether the worker is lent is for its row to say. */
    private boolean returned;

    Lease(Pool pool, Slots slots, Tuple row) {
        this.pool = pool;
        this.slots = slots;
        this.row = row;
        this.pid = (Pid) Objects.requireNonNull(row.get(PoolProtocol.PID));
    }

    /** The worker's process. It may have ended since. */
    public Pid pid() {
        return pid;
    }

    /** A number that no other lease has: a term, by which {@link Pool#lease} finds this one again after a handover. */
    public long number() {
        return row.getLong(PoolProtocol.LEASE);
    }

    /** Whether the worker is still lent to this borrower: it was neither returned, nor has it ended and been replaced. */
    public boolean isHeld() {
        return !returned && slots.isLent(row);
    }

    /** Sends the worker a request and waits for the reply, see {@link org.bequest.process.Processes#call}. */
    public @Nullable Object call(Object request, Duration timeout) {
        return pool.processes().call(toUse(), request, timeout);
    }

    /** Sends the worker a message, see {@link org.bequest.process.Processes#cast}. */
    public void cast(Object message) {
        pool.processes().cast(toUse(), message);
    }

    private Pid toUse() {
        if (returned) {
            throw new PoolException(
                    RETURNED,
                    "Worker " + pid + " of pool '" + pool.name()
                            + "' was returned; somebody else may have it. Borrow again.");
        }
        return pid;
    }

    /** Gives the worker back; {@code poolboy:checkin/2}. */
    @Override
    public void close() {
        if (!returned) {
            returned = true;
            pool.giveBack(slots, row, false);
        }
    }

    /** Gives the worker back to be replaced, since it is broken: nobody gets it any more. */
    public void discard() {
        if (!returned) {
            returned = true;
            pool.giveBack(slots, row, true);
        }
    }

    @Override
    public String toString() {
        return "lease of " + pid + " from pool '" + pool.name() + "'";
    }
}
