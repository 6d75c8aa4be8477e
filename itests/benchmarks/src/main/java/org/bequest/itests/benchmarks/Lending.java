// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/** A pool, for the suite {@code pools}. Threads: any. */
interface Lending extends AutoCloseable {
    /** How many workers there are to lend. */
    int WORKERS = 4;

    /** Borrows a worker, waiting for one if it has to, and returns it. */
    void borrowAndReturn() throws Exception;

    @Override
    void close();
}
