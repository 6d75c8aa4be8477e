// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SharedThreadsTest {
    private static final int ASKING = 3;
    private static final int TASKS = 5_000;
    /** More than a thread without work stays awake. */
    private static final int PAUSE_NANOS = 60_000;

    private final Scheduler scheduler = new Scheduler();
    private final ExecutorService asking = Executors.newFixedThreadPool(ASKING);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        asking.shutdownNow();
        scheduler.stop();
    }

    /** Gives out a task that gives out another one, and waits for that. */
    private void ask() throws Exception {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        scheduler.execute(
                () -> {
                    CompletableFuture<Boolean> inner = new CompletableFuture<>();
                    scheduler.execute(() -> inner.complete(done.incrementAndGet() > 0), false);
                    boolean waits = scheduler.beginWait(inner, Long.MAX_VALUE);
                    over.complete(inner.join());
                    if (waits) {
                        scheduler.endWait();
                    }
                },
                false);
        over.get(20, TimeUnit.SECONDS);
    }

    private void askAll(List<Integer> pauses) throws Exception {
        for (int pause : pauses) {
            LockSupport.parkNanos(pause);
            ask();
        }
    }

    @Test
    void everyTaskIsDoneOnce_alsoThoseThatComeWhenAThreadFallsAsleep() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < ASKING; i++) {
            List<Integer> pauses = random.ints(TASKS, 0, PAUSE_NANOS).boxed().toList();
            all.add(asking.submit(() -> {
                askAll(pauses);
                return null;
            }));
        }

        for (Future<?> one : all) {
            assertThat(one).as("seed " + seed).succeedsWithin(60, TimeUnit.SECONDS);
        }

        assertThat(done).as("seed " + seed).hasValue(ASKING * TASKS);
    }

    @Test
    @Timeout(20)
    void allSleep_whenThereIsNothingToDo() throws Exception {
        for (int i = 0; i < 100; i++) {
            ask();
        }

        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bequest-shared"))
                .toList();

        assertThat(threads).isNotEmpty();
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
        }
    }
}
