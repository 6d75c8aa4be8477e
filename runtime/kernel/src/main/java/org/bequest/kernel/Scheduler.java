// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's threads: a few shared ones, as many blocking ones as it takes, one for time, and one to create the others. */
final class Scheduler {
    /* How it works. Three kinds of threads.
     * Shared: as many as there are cores, see SharedThreads. They run handlers, which are plugin code and may not come back.
     * Blocking: virtual threads where the JDK has them, else a cached pool.
     * Time: one thread, which never runs code of a plugin. It may wait for a monitor.
     * Birth: one thread, which creates the others and never waits for anything.
     *
     * No thread may keep a plugin's classes alive. Thread-locals that a handler leaves behind die with their thread, so all
     * of these are replaced whenever code has left (renewThreads): idle threads end at once, busy ones after what they do. And a
     * thread inherits from the one that creates it (until JDK 24 its whole call stack, as an access control context), so all
     * threads are created by the birth thread, which has no plugin on its stack.
     * Why: docs/decisions/0004-threads-keep-no-code-alive.md
     */
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final ThreadPoolExecutor birth;
    private final ScheduledThreadPoolExecutor time;
    private final AtomicInteger names = new AtomicInteger();
    private final SharedThreads shared = new SharedThreads(this);
    private final @Nullable Executor virtual;
    private volatile boolean stopped;
    private volatile ExecutorService blocking;

    Scheduler() {
        birth = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new PoolThread(task, "bequest-birth"));
        birth.prestartCoreThread();
        time = new ScheduledThreadPoolExecutor(1, task -> born(() -> new PoolThread(task, "bequest-time")));
        time.setRemoveOnCancelPolicy(true);
        time.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // once the kernel has stopped
        time.prestartCoreThread();
        virtual = VirtualThreads.executor();
        blocking = newBlocking();
    }

    /** Runs it on a shared thread, or on one that may block. */
    void execute(Runnable task, boolean mayBlock) {
        if (mayBlock) {
            executeBlocking(task);
            return;
        }
        shared.execute(task);
    }

    /** Runs it on a thread that may block: for code of plugins that nobody may wait for. */
    void executeBlocking(Runnable task) {
        if (virtual == null) {
            submit(task);
        } else if (!stopped) {
            virtual.execute(task);
        }
    }

    private void submit(Runnable task) {
        while (!stopped) {
            try {
                blocking.execute(task);
                return;
            } catch (RejectedExecutionException replaced) {
                // The pool was replaced after it was looked up: the next one is there already.
                Thread.onSpinWait();
            }
        }
    }

    /**
     * The present thread is about to wait for another process; looks for a moment whether that is done. Returns whether
     * {@link #endWait} has to be called.
     */
    boolean beginWait(CompletableFuture<?> awaited, long atMostNanos) {
        return shared.beginWait(awaited::isDone, atMostNanos);
    }

    /** Looks for something for an instant, unless the present thread has other work or is none of the shared ones. */
    void glance(BooleanSupplier there) {
        shared.glance(there);
    }

    void endWait() {
        shared.endWait();
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
        ExecutorService oldBlocking = blocking;
        blocking = newBlocking();
        oldBlocking.shutdown();
        shared.renew();
    }

    synchronized void stop() {
        stopped = true;
        time.shutdownNow();
        shared.stop();
        blocking.shutdownNow();
        birth.shutdownNow();
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

    /** A new thread, which has inherited nothing. */
    <T extends PoolThread> T born(Supplier<T> thread) {
        return CompletableFuture.supplyAsync(thread, birth).join();
    }

    String name(String kind) {
        return "bequest-" + kind + "-" + names.incrementAndGet();
    }

    /** Any of the kernel's threads. */
    static class PoolThread extends Thread {
        PoolThread(@Nullable Runnable task, String name) {
            super(null, task, name, 0, false);
            setDaemon(true);
            setContextClassLoader(null);
        }
    }
}
