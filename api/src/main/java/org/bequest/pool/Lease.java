// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolException.Problem.RETURNED;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.bequest.table.FencedException;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/**
 * A worker that was borrowed from a pool, until it is closed. If the borrower ends before, the pool takes it back by itself.
 *
 * <p>Threads: any, though meant for the one that borrowed. Failure: {@link #close} and {@link #discard} never fail, and do
 * nothing once the lease is over; calls throw what {@link org.bequest.process.Processes#call} does, and {@link PoolException}
 * after the lease was closed.
 */
public final class Lease implements AutoCloseable {
    private static final AtomicIntegerFieldUpdater<Lease> RETURNS =
            AtomicIntegerFieldUpdater.newUpdater(Lease.class, "returns");

    private final Pool pool;
    private final Slots slots;
    private final Place place;
    /** How often it was returned: the first time counts. */
    private volatile int returns;

    Lease(Pool pool, Slots slots, Place place) {
        this.pool = pool;
        this.slots = slots;
        this.place = place;
    }

    /**
     * The worker's process. It may have ended since. A term, by which {@link Pool#lease} finds this lease again when the
     * borrower's code was replaced.
     */
    public Pid pid() {
        return (Pid) Objects.requireNonNull(place.busy.get(PoolProtocol.PID));
    }

    /** Whether the worker is still lent to this borrower: it was not returned, and has not been replaced because it has ended. */
    public boolean isHeld() {
        return returns == 0 && slots.isLent(place);
    }

    /** Sends the worker a request and waits for the reply, see {@link org.bequest.process.Processes#call}. */
    public @Nullable Object call(Object request, Duration timeout) {
        checkHeld();
        return pool.processes().call(pid(), request, timeout);
    }

    /** Sends the worker a message, see {@link org.bequest.process.Processes#cast}. */
    public void cast(Object message) {
        checkHeld();
        pool.processes().cast(pid(), message);
    }

    private void checkHeld() {
        if (returns > 0) {
            throw new PoolException(
                    RETURNED,
                    "Worker " + pid() + " of pool '" + pool.name()
                            + "' was returned; somebody else may have it. Borrow again.");
        }
    }

    /** Whether the worker has to be asked before it is lent. */
    boolean needsProof() {
        return slots.conditions().validation() != null;
    }

    /** Whether it is fit to be lent, as far as anybody asks. */
    boolean isSound() {
        Object question = slots.conditions().validation();
        if (question == null) {
            return true;
        }
        try {
            return Boolean.TRUE.equals(call(question, slots.conditions().validationTimeout()));
        } catch (FencedException over) {
            throw over;
        } catch (RuntimeException broken) {
            return false;
        }
    }

    /** Gives the worker back; {@code poolboy:checkin/2}. */
    @Override
    public void close() {
        giveBack(false);
    }

    /** Gives the worker back to be replaced, since it is broken: nobody gets it any more. */
    public void discard() {
        giveBack(true);
    }

    private void giveBack(boolean broken) {
        if (RETURNS.compareAndSet(this, 0, 1)) {
            pool.giveBack(slots, place, broken);
        }
    }

    @Override
    public String toString() {
        return "lease of " + pid() + " from pool '" + pool.name() + "'";
    }
}
