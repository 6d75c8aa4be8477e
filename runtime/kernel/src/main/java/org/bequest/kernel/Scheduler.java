// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's threads: a few shared ones, as many blocking ones as it takes, one for time, and one to create the others. */
final class Scheduler {
    /* How it works. Three kinds of threads.
     * Shared: as many as there are cores. They run handlers, which are plugin code and may not come back. So whenever work
     * waits and for a while no thread has finished any, one more is started (watch); when nothing waits their number goes back.
     * A handler that waits for another process says so (beginWait), and is replaced at once.
     * Blocking: virtual threads where the JDK has them, else a cached pool.
     * Time: one thread, which never runs code of a plugin. It may wait for a monitor.
     * Birth: one thread, which creates the others and never waits for anything.
     *
     * No thread may keep a plugin's classes alive. Thread-locals that a handler leaves behind die with their thread, so both
     * pools are replaced whenever code has left (renewThreads): idle threads end at once, busy ones after what they do. And a
     * thread inherits from the one that creates it (until JDK 24 its whole call stack, as an access control context), so all
     * threads are created by the birth thread, which has no plugin on its stack.
     * Why: docs/decisions/0004-threads-keep-no-code-alive.md
     */
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private static final int SHARED = Runtime.getRuntime().availableProcessors();
    private static final long WATCH_MS = 20;

    private final ThreadPoolExecutor birth;
    private final ScheduledThreadPoolExecutor time;
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();
    private final @Nullable Executor virtual;
    private volatile boolean stopped;
    private volatile ThreadPoolExecutor shared;
    private volatile ExecutorService blocking;

    Scheduler() {
        birth = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new PoolThread(task, "bequest-birth"));
        birth.prestartCoreThread();
        time = new ScheduledThreadPoolExecutor(1, task -> born(() -> new PoolThread(task, "bequest-time")));
        time.setRemoveOnCancelPolicy(true);
        time.prestartCoreThread();
        virtual = VirtualThreads.executor();
        shared = newShared();
        blocking = newBlocking();
    }

    /** Runs it on a shared thread, or on one that may block. */
    void execute(Runnable task, boolean mayBlock) {
        if (mayBlock) {
            executeBlocking(task);
            return;
        }
        submit(() -> shared, task);
        if (!shared.getQueue().isEmpty() && watched.compareAndSet(false, true)) {
            watch(shared.getCompletedTaskCount());
        }
    }

    /** Runs it on a thread that may block: for code of plugins that nobody may wait for. */
    void executeBlocking(Runnable task) {
        if (virtual == null) {
            submit(() -> blocking, task);
        } else if (!stopped) {
            virtual.execute(task);
        }
    }

    private void submit(Supplier<ExecutorService> pool, Runnable task) {
        while (!stopped) {
            try {
                pool.get().execute(task);
                return;
            } catch (RejectedExecutionException replaced) {
                // The pool was replaced after it was looked up: the next one is there already.
                Thread.onSpinWait();
            }
        }
    }

    private void watch(long taken) {
        after(Duration.ofMillis(WATCH_MS), () -> {
            ThreadPoolExecutor pool = shared;
            if (pool.getQueue().isEmpty()) {
                watched.set(false);
                pool.setCorePoolSize(SHARED + waiting.get());
                return;
            }
            if (pool.getCompletedTaskCount() == taken) {
                pool.setCorePoolSize(Math.max(pool.getCorePoolSize(), pool.getPoolSize()) + 1);
            }
            watch(pool.getCompletedTaskCount());
        });
    }

    /** The present thread is about to wait for another process. Returns whether {@link #endWait} has to be called. */
    boolean beginWait() {
        if (Thread.currentThread() instanceof SharedThread) {
            shared.setCorePoolSize(SHARED + waiting.incrementAndGet());
            return true;
        }
        return false;
    }

    void endWait() {
        shared.setCorePoolSize(SHARED + waiting.decrementAndGet());
    }

    /** Runs it on the time thread, after that while: it must be short, and run no code of a plugin. */
    ScheduledFuture<?> after(Duration delay, Runnable task) {
        return time.schedule(() -> logged(task), nanos(delay), TimeUnit.NANOSECONDS);
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("The kernel failed in something that was due", failure);
        }
    }

    static long nanos(Duration delay) {
        return delay.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? delay.toNanos() : Long.MAX_VALUE;
    }

    /** Lets go of every thread that has run code of a plugin. */
    synchronized void renewThreads() {
        if (stopped) {
            return;
        }
        ThreadPoolExecutor old = shared;
        ExecutorService oldBlocking = blocking;
        shared = newShared();
        blocking = newBlocking();
        List<Runnable> waiting = new ArrayList<>();
        old.shutdown();
        old.getQueue().drainTo(waiting);
        waiting.forEach(task -> execute(task, false));
        oldBlocking.shutdown();
    }

    synchronized void stop() {
        stopped = true;
        time.shutdownNow();
        shared.shutdownNow();
        blocking.shutdownNow();
        birth.shutdownNow();
    }

    private ThreadPoolExecutor newShared() {
        return new ThreadPoolExecutor(
                SHARED + waiting.get(),
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> born(() -> new SharedThread(task, name("shared"))));
    }

    private ExecutorService newBlocking() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> born(() -> new PoolThread(task, name("blocking"))));
    }

    private Thread born(Supplier<Thread> thread) {
        return CompletableFuture.supplyAsync(thread, birth).join();
    }

    private String name(String kind) {
        return "bequest-" + kind + "-" + names.incrementAndGet();
    }

    private static class PoolThread extends Thread {
        PoolThread(Runnable task, String name) {
            super(null, task, name, 0, false);
            setDaemon(true);
            setContextClassLoader(null);
        }
    }

    private static final class SharedThread extends PoolThread {
        SharedThread(Runnable task, String name) {
            super(task, name);
        }
    }
}
