// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few threads that handlers share: as many are busy as there are cores, beside those that wait or do not come back. */
final class SharedThreads {
    /* How it works. There is one queue. Whoever puts work in gives it to a thread that is idle, the last first, or to a new
     * one, if as many may be busy (dispatch).
     *
     * A thread that runs a handler and makes work keeps the last piece for itself, and does it next: so processes that talk
     * to each other stay on one core, and nobody has to be woken. It does so only while its tasks are short, since it takes
     * a while to wake a thread, and not too often in a row. What it keeps can be taken from it.
     *
     * A thread that has no work looks for some for a moment before it sleeps (see Patience), one at a time. It is busy as
     * long as it does, and who has work puts it into its hand: no monitor, nobody to wake. A handler that waits for another
     * process does the same with the answer, after it has given away what it kept, as that is most often what it waits for.
     *
     * A handler may not come back. So from time to time it is looked after (look): what was kept for too long goes to the
     * queue, and when the queue waits and nobody has taken from it for a while, one more may be busy, until one has been
     * idle for long. A handler that waits for another process for more than a moment says so, and one more may be busy at
     * once.
     *
     * When the threads are renewed, the idle ones end at once, the busy ones after their task, and others come as needed.
     */
    private static final Logger LOG = LoggerFactory.getLogger(SharedThreads.class);

    /** In place of work: a thread has none, and looks for it. */
    private static final Runnable LOOKS = () -> {};
    /** What takes longer than to wake a thread. */
    private static final long LONG_NANOS = 20_000;
    /** How often what is kept goes first. */
    private static final int KEPT_IN_A_ROW = 64;

    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final int LOOKS_UNTIL_STUCK = 10;

    private final Scheduler scheduler;

    // All guarded by this.
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final List<Worker> workers = new ArrayList<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private int busy;
    /** How many of the busy ones wait for other processes. */
    private int waiting;
    /** How many of the busy ones are thought not to come back soon. */
    private int stuck;
    /** How often somebody took from the queue, how often that was at the last look, and for how many looks it is so. */
    private long taken;

    private long lastTaken;
    private int idleLooks;
    private boolean stopped;

    /** Who has no work and looks for it, or did just before. Counts as busy; only one at a time, and written by that one. */
    private volatile @Nullable Worker looker;

    private final Patience ofLooker = new Patience();
    private final Patience ofWaiting = new Patience();

    /** Whether there will be a look. */
    private final AtomicBoolean looking = new AtomicBoolean();

    SharedThreads(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void execute(Runnable task) {
        Runnable work = task;
        if (Thread.currentThread() instanceof Worker me && me.pool == this && me.brief) {
            work = me.kept.getAndSet(task);
            lookLater();
        }
        if (work != null && !give(work)) {
            add(work);
        }
    }

    /** Returns whether there was a thread that looked for work, which has it now. Takes no monitor. */
    private boolean give(Runnable work) {
        Worker one = looker;
        return one != null && one.given.compareAndSet(LOOKS, work);
    }

    private synchronized void add(Runnable work) {
        queue.add(work);
        dispatch();
        if (!queue.isEmpty()) {
            lookLater();
        }
    }

    /** Gives out what is in the queue, as far as so many may be busy. Under the monitor, as all below that say nothing else. */
    private void dispatch() {
        if (!queue.isEmpty() && give(queue.element())) {
            take();
        }
        while (!queue.isEmpty() && busy < limit() && !stopped) {
            Worker worker = idle.poll();
            busy++;
            Runnable work = take();
            if (worker == null) {
                Worker fresh = scheduler.born(() -> new Worker(this, work, scheduler.name("shared")));
                workers.add(fresh);
                fresh.start();
            } else {
                worker.given.set(work);
                LockSupport.unpark(worker);
            }
        }
    }

    private int limit() {
        return Patience.CORES + waiting + stuck;
    }

    private Runnable take() {
        taken++;
        return queue.remove();
    }

    /**
     * The present thread is about to wait for another process; looks for a moment whether that is over. Returns whether
     * {@link #endWait} has to be called.
     */
    boolean beginWait(BooleanSupplier over, long atMostNanos) {
        Worker me = Thread.currentThread() instanceof Worker one && one.pool == this ? one : null;
        Runnable kept = me == null ? null : me.kept.getAndSet(null);
        if (kept != null && !give(kept)) {
            add(kept);
        }
        if (ofWaiting.lookFor(over, atMostNanos) || me == null) {
            return false;
        }
        synchronized (this) {
            waiting++;
            dispatch();
        }
        return true;
    }

    /**
     * Looks for something for an instant, unless the present thread is none of these, or there is other work. Takes no monitor:
     * if the queue is not what it seems, that work waits for the same instant.
     */
    void glance(BooleanSupplier there) {
        if (Thread.currentThread() instanceof Worker me
                && me.pool == this
                && me.kept.get() == null
                && queue.isEmpty()) {
            Patience.glance(there);
        }
    }

    synchronized void endWait() {
        waiting--;
    }

    /** Has every thread end once it has done what it does. */
    synchronized void renew() {
        workers.forEach(worker -> worker.dismissed = true);
        workers.removeAll(idle);
        idle.forEach(LockSupport::unpark);
        idle.clear();
    }

    synchronized void stop() {
        stopped = true;
        queue.clear();
        workers.forEach(Thread::interrupt);
        renew();
    }

    // Looking after those that do not come back. Not under the monitor.

    private void lookLater() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            scheduler.after(LOOK, this::look);
        }
    }

    private void look() {
        boolean again;
        synchronized (this) {
            long before = lastTaken;
            lastTaken = taken;
            again = taken != before;
            for (Worker worker : workers) {
                again |= worker.progressed();
                Runnable late = worker.late();
                if (late != null) {
                    queue.add(late);
                }
            }
            idleLooks = queue.isEmpty() || taken != before ? 0 : idleLooks + 1;
            if (idleLooks == LOOKS_UNTIL_STUCK) {
                idleLooks = 0;
                stuck++;
            }
            dispatch();
            again |= !queue.isEmpty();
            if (!again) {
                looking.set(false);
                // What was kept since then has found that there would be a look.
                again = workers.stream().anyMatch(worker -> worker.kept.get() != null)
                        && looking.compareAndSet(false, true);
            }
        }
        if (again) {
            scheduler.after(LOOK, this::look);
        }
    }

    /** One of the threads. */
    private static final class Worker extends Scheduler.PoolThread {
        private final SharedThreads pool;
        /** What it made itself, and does next. */
        private final AtomicReference<@Nullable Runnable> kept = new AtomicReference<>();
        /** What it is to do first, or when it was idle. */
        private final AtomicReference<@Nullable Runnable> given;

        private volatile boolean dismissed;
        /** How many tasks it has done. */
        private volatile int done;
        /** As of the last look. */
        private int seenDone;

        private @Nullable Runnable seenKept;

        // The thread's own.
        private boolean brief = true;
        private int keptInARow;

        Worker(SharedThreads pool, Runnable first, String name) {
            super(null, name);
            this.pool = pool;
            this.given = new AtomicReference<>(first);
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            for (Runnable task = given.getAndSet(null); task != null; task = next()) {
                try {
                    task.run();
                } catch (Throwable broken) {
                    LOG.error("The kernel failed in what it ran on {}", getName(), broken);
                }
                done++;
                long now = System.nanoTime();
                brief = now - start < LONG_NANOS;
                start = now;
            }
        }

        /** What to do next; null if it is to end. */
        private @Nullable Runnable next() {
            Runnable mine = kept.getAndSet(null);
            if (mine != null && keptInARow++ < KEPT_IN_A_ROW && !dismissed) {
                return mine;
            }
            keptInARow = 0;
            Runnable work = takeQueued(mine);
            if (work == null && pool.looker == this) {
                work = look();
            }
            return work == null ? rest() : work;
        }

        /** Null if there is none, or too many are busy. Then it is the one who looks, unless somebody is. */
        private @Nullable Runnable takeQueued(@Nullable Runnable mine) {
            synchronized (pool) {
                if (mine != null) {
                    pool.queue.add(mine);
                }
                if (dismissed || pool.busy > pool.limit()) {
                    return null;
                }
                if (!pool.queue.isEmpty()) {
                    return pool.take();
                }
                if (pool.looker == null) {
                    given.set(LOOKS);
                    pool.looker = this;
                }
                return null;
            }
        }

        private @Nullable Runnable look() {
            pool.ofLooker.lookFor(() -> dismissed || given.get() != LOOKS, Long.MAX_VALUE);
            pool.looker = null;
            Runnable work = given.getAndSet(null);
            return work == LOOKS ? null : work;
        }

        private @Nullable Runnable rest() {
            synchronized (pool) {
                if (!dismissed && pool.busy <= pool.limit() && !pool.queue.isEmpty()) {
                    return pool.take();
                }
                pool.busy--;
                if (dismissed) {
                    pool.workers.remove(this);
                    pool.dispatch();
                    return null;
                }
                pool.idle.push(this);
            }
            return awaitGiven();
        }

        private @Nullable Runnable awaitGiven() {
            long end = System.nanoTime() + LINGER_NANOS;
            while (given.get() == null && !dismissed) {
                LockSupport.parkNanos(this, end - System.nanoTime());
                Thread.interrupted();
                if (System.nanoTime() >= end && leave()) {
                    return null;
                }
            }
            return given.getAndSet(null);
        }

        /** It was idle for long. Returns false if it was given something, or dismissed, at the last moment. */
        private boolean leave() {
            synchronized (pool) {
                boolean left = pool.idle.remove(this);
                if (left) {
                    pool.workers.remove(this);
                    pool.stuck = Math.max(0, pool.stuck - 1);
                }
                return left;
            }
        }

        // Looked at by others, under the pool's monitor.

        private boolean progressed() {
            boolean progress = done != seenDone;
            seenDone = done;
            return progress;
        }

        /** What it has kept since the last look; it will not do it. */
        private @Nullable Runnable late() {
            Runnable now = kept.get();
            boolean late = now != null && now == seenKept;
            seenKept = now;
            return late && kept.compareAndSet(now, null) ? now : null;
        }
    }
}
