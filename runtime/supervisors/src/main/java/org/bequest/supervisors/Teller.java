// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Does one thing after the other, on a thread that is there for as long as there is something to do and a little longer. */
final class Teller {
    /* An executor of the JDK would do, but for this: the compiler learns which tasks come through the code that takes them, and
     * puts their class into it; and all idle threads of all executors in this JVM wait in that code, for as long as nobody
     * needs them. So a busy executor of a bundle that is replaced leaves its classes with the idle ones of others. Here nobody
     * else waits. docs/decisions/0004. */

    private static final Duration LINGER = Duration.ofSeconds(5);

    // All guarded by this.
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;

    /** Has it done soon; after {@link #close} not at all. The task throws nothing. */
    synchronized void tell(Runnable task) {
        if (closed) {
            return;
        }
        queue.add(task);
        if (thread == null) {
            thread = new Thread(this::run, "bequest-supervisor-events");
            thread.setDaemon(true);
            thread.start();
        } else {
            notifyAll();
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        try {
            await(LINGER, () -> !queue.isEmpty() || closed);
        } catch (InterruptedException end) {
            queue.clear(); // by whoever wants this thread to end
        }
        if (queue.isEmpty()) {
            thread = null;
            notifyAll();
        }
        return queue.poll();
    }

    /** Takes nothing more, and waits until all is done, or so long. */
    synchronized void close(Duration limit) throws InterruptedException {
        closed = true;
        notifyAll();
        await(limit, () -> thread == null);
    }

    private interface Condition {
        boolean holds();
    }

    private synchronized void await(Duration limit, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0 && !condition.holds(); left = end - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }
}
