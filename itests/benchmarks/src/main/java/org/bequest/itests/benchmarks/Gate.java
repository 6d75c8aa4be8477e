// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where a thread waits until processes have done what they were to do. It fails rather than wait for ever. */
final class Gate {
    static final int PATIENCE_SECONDS = 60;

    private final Semaphore permits = new Semaphore(0);

    void open() {
        permits.release();
    }

    /** Waits until it is opened, once for each time. */
    void pass() {
        try {
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nothing came for " + PATIENCE_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
