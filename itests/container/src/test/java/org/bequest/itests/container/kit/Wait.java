// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for conditions, never for times; gives up after {@link #LIMIT}. */
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

    public static void until(String condition, CountDownLatch reached) {
        until(condition, () -> reached.await(0, TimeUnit.MILLISECONDS));
    }

    public static void until(String condition, Thread ended) {
        until(condition, () -> !ended.isAlive());
    }

    /**
     * Returns when a bundle's stop waits in the kernel for processes to let go of its code: each has been told then. That the
     * bundle is STOPPING comes a little earlier, when they may still go on with their messages.
     */
    public static void untilCodeIsWantedBack() {
        until("the kernel waits for processes to let go of the code", () -> Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getMethodName().equals("awaitLeft")));
    }

    public static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("The stage did not complete well", e);
        }
    }

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
