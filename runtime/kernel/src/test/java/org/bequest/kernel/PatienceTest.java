// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Patience patience = new Patience();
    private final AtomicInteger looks = new AtomicInteger();

    @BeforeEach
    void onMoreThanOneCore() {
        assumeThat(Patience.CORES).isGreaterThan(1);
    }

    /** Returns how often it has looked before it gave up. */
    private int inVain() {
        looks.set(0);
        assertThat(patience.lookFor(() -> looks.incrementAndGet() < 0, FOR_EVER))
                .isFalse();
        return looks.get();
    }

    @Test
    void findsWhatComesWhileItLooks() {
        assertThat(patience.lookFor(() -> looks.incrementAndGet() == 10, FOR_EVER))
                .isTrue();
    }

    @Test
    void looksOnce_whenItIsThere() {
        assertThat(patience.lookFor(() -> looks.incrementAndGet() == 1, FOR_EVER))
                .isTrue();

        assertThat(looks).hasValue(1);
    }

    @Test
    void givesUp_whenNothingComes() {
        assertThat(inVain()).isGreaterThan(1);
    }

    @Test
    void looksOnceOnly_mostOfTheTime_afterItWasInVainOften() {
        long patiently = IntStream.range(0, 1_000).filter(any -> inVain() > 1).count();

        assertThat(patiently).isBetween(2L, 50L);
    }

    @Test
    void looksAgain_whenItHasPaid() {
        IntStream.range(0, 100).forEach(any -> inVain());
        int tries = 0;
        do {
            looks.set(0);
            tries++;
        } while (!patience.lookFor(() -> looks.incrementAndGet() == 2, FOR_EVER));

        assertThat(tries).isLessThan(50);
        assertThat(inVain()).isGreaterThan(1);
    }

    @Test
    void onlySoManyLookAtOnce_thatACoreIsLeft() throws Exception {
        CountDownLatch looking = new CountDownLatch(Patience.CORES - 1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread[] others = new Thread[Patience.CORES - 1];
        for (int i = 0; i < others.length; i++) {
            AtomicInteger asked = new AtomicInteger();
            others[i] = new Thread(() -> patience.lookFor(
                    () -> {
                        if (asked.incrementAndGet() == 1) {
                            return false;
                        }
                        looking.countDown();
                        await(enough);
                        return true;
                    },
                    FOR_EVER));
            others[i].start();
        }
        looking.await();

        assertThat(inVain()).isEqualTo(1);

        enough.countDown();
        for (Thread other : others) {
            other.join();
        }
        assertThat(inVain()).isGreaterThan(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
