// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Looks for something for a moment, before its thread goes to sleep: most answers come sooner than a thread wakes. */
final class Patience {
    /* How it works. To put a thread to sleep and to wake it takes 5 to 50 us. Who looks keeps a core busy instead, so only
     * so many may at a time as there are places, and not for long. It looks hard for an instant, since what comes from
     * another core comes then; after that it lets others have the core between two looks, since what it waits for may need
     * this very one. Where it was in vain several times in a row, that takes longer: then few try, to find out when it is
     * otherwise.
     * Why: docs/decisions/0017-awake-for-a-moment.md
     */
    static final int CORES = Runtime.getRuntime().availableProcessors();

    /** As much as it may take to sleep and to wake. */
    private static final long MOMENT_NANOS = 20_000;
    /** About a microsecond. */
    private static final int GLANCES = CORES == 1 ? 0 : 32;

    private static final int MISSES_UNTIL_RARE = 4;
    private static final int RARELY = 32;

    private final AtomicInteger places = new AtomicInteger(CORES - 1);

    /** How often in a row it was in vain, or not tried. Written by many without a lock: one that is lost does no harm. */
    private int misses;

    /** Returns whether it is there, after that time at most, and after a moment at most. */
    boolean lookFor(BooleanSupplier there, long atMostNanos) {
        if (there.getAsBoolean()) {
            return true;
        }
        int before = misses;
        misses = before + 1;
        if (before >= MISSES_UNTIL_RARE && before % RARELY != 0) {
            return false;
        }
        boolean found = false;
        if (places.getAndDecrement() > 0) {
            found = glance(there) || look(there, Math.min(atMostNanos, MOMENT_NANOS));
        }
        places.incrementAndGet();
        if (found) {
            misses = 0;
        }
        return found;
    }

    /** Returns whether it is there, after an instant at most. */
    static boolean glance(BooleanSupplier there) {
        for (int glances = 0; glances < GLANCES; glances++) {
            Thread.onSpinWait();
            if (there.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static boolean look(BooleanSupplier there, long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.yield();
            if (there.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }
}
