// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever is alone is alone, and what it did is seen by all who come later. */
class GateTest {
    /** More than there are slots. */
    private static final int MANY = 8 * Runtime.getRuntime().availableProcessors();

    private static final int CHANGES = 1_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void modelChecking() {
        LinChecker.check(
                Rights.class,
                new ModelCheckingOptions()
                        .iterations(5)
                        .invocationsPerIteration(100)
                        .threads(2)
                        .actorsPerThread(2)
                        .actorsBefore(0)
                        .actorsAfter(0));
    }

    @Test
    void stress() {
        LinChecker.check(
                Rights.class,
                new StressOptions()
                        .iterations(10)
                        .invocationsPerIteration(1000)
                        .threads(3)
                        .actorsPerThread(3));
    }

    /** What the fence is: a right is withdrawn alone, and used beside others. None of it is volatile but the count. */
    public static class Rights {
        private final Gate gate = new Gate();
        private final AtomicInteger uses = new AtomicInteger();
        private boolean granted = true;

        @Operation
        public int use() {
            int way = gate.enter();
            try {
                return granted ? uses.incrementAndGet() : 0;
            } finally {
                gate.leave(way);
            }
        }

        @Operation
        public int withdraw() {
            return set(false);
        }

        @Operation
        public int grant() {
            return set(true);
        }

        private int set(boolean right) {
            int way = gate.enterAlone();
            try {
                granted = right;
                return uses.get();
            } finally {
                gate.leave(way);
            }
        }
    }

    @Test
    void nobodyIsBesideWhoeverIsAlone_whenThereAreMoreThreadsThanSlots() throws Exception {
        Gate gate = new Gate();
        AtomicInteger beside = new AtomicInteger();
        int[] changed = new int[1];
        CountDownLatch changes = new CountDownLatch(CHANGES);
        Callable<Boolean> alone = () -> {
            boolean right = true;
            while (changes.getCount() > 0) {
                int way = gate.enterAlone();
                changed[0]++;
                Thread.yield(); // has others try
                right &= beside.get() == 0;
                gate.leave(way);
                changes.countDown();
            }
            return right;
        };
        Callable<Boolean> besideOthers = () -> {
            boolean right = true;
            while (changes.getCount() > 0) {
                int way = gate.enter();
                int before = changed[0];
                beside.incrementAndGet();
                right &= changed[0] == before;
                beside.decrementAndGet();
                gate.leave(way);
            }
            return right;
        };
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(threads.submit(i % 8 == 0 ? alone : besideOthers));
        }
        for (Future<Boolean> each : all) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anyNumberIsInside_whenNobodyIsAlone() throws Exception {
        Gate gate = new Gate();
        CountDownLatch inside = new CountDownLatch(MANY);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(threads.submit(() -> {
                int way = gate.enter();
                inside.countDown();
                inside.await();
                gate.leave(way);
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        gate.leave(gate.enterAlone());
    }
}
