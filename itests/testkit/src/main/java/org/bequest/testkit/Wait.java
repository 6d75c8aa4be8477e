// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for conditions, never for times; gives up with an {@link AssertionError} after {@link #LIMIT}. Threads: any. */
public final class Wait {
    /** Far more than anything takes that works. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private Wait() {}

    /** Returns when the condition holds; fails, naming it, if it does not in time. */
    public static void until(String condition, Callable<Boolean> holds) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!holds.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + condition);
                }
                Thread.sleep(2);
            }
        } catch (Exception e) {
            throw new AssertionError("While waiting until " + condition, e);
        }
    }

    /** The same, for a condition that can say what it is not met for: returns when there is nothing. */
    public static void untilEmpty(String condition, Callable<? extends Collection<?>> complaints) {
        AtomicReference<Collection<?>> last = new AtomicReference<>();
        try {
            until(condition, () -> {
                last.set(complaints.call());
                return last.get().isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + last.get(), e.getCause());
        }
    }

    /** Returns when the latch has counted down to zero. */
    public static void until(String condition, CountDownLatch reached) {
        until(condition, () -> reached.await(0, TimeUnit.MILLISECONDS));
    }

    /** Returns when the thread has ended. */
    public static void until(String condition, Thread ended) {
        until(condition, () -> !ended.isAlive());
    }

    /** What the stage completes with; fails if it fails, or does not complete in time. */
    public static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("The stage did not complete well", e);
        }
    }

    /** The next element of the queue; fails if none comes in time. */
    public static <T> T next(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("Nothing came within " + LIMIT.toSeconds() + " s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
