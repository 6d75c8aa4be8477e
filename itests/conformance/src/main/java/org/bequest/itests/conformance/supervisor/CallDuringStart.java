// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that reaches the supervisor while it starts a child. When the child runs this, in its start, the call is made by
 * another thread, since the supervisor may answer only when the start is over; and this returns when the call has been put into
 * the supervisor's mailbox, before anything that the child does next.
 */
final class CallDuringStart implements Runnable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Thread caller;
    private volatile @Nullable Object result;

    CallDuringStart(Supplier<Object> call) {
        caller = new Thread(() -> result = call.get(), "conformance-caller");
        caller.setDaemon(true);
    }

    /** Null as long as there is none. */
    @Nullable
    Object result() {
        return result;
    }

    @Override
    public void run() {
        caller.start();
        long begin = System.nanoTime();
        while (!isDelivered() && System.nanoTime() - begin < LIMIT_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** A thread that waits for a future has sent what is to be answered; before that, it would wait for a lock at most. */
    private boolean isDelivered() {
        return LockSupport.getBlocker(caller) instanceof ForkJoinPool.ManagedBlocker || !caller.isAlive();
    }
}
