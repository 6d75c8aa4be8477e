// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

/**
 * A pool at one moment; {@code poolboy:status/1}. At every moment {@code idle + busy + starting = size + overflow}. Immutable.
 *
 * @param size how many workers it is to have
 * @param maxOverflow how many more there may be
 * @param idle workers that wait to be lent
 * @param busy workers that are lent
 * @param starting workers that have yet to start, or are being replaced
 * @param overflow workers beyond the size
 * @param waiting borrowers in the queue
 * @param draining whether nothing is lent
 */
public record PoolStatus(
        int size, int maxOverflow, int idle, int busy, int starting, int overflow, int waiting, boolean draining) {
    /** What a borrower can expect. */
    public enum State {
        /** A worker is idle, or will be. */
        READY,
        /** None is, but there is room for one more. */
        OVERFLOW,
        /** None is, and there will be none until one is returned. */
        FULL
    }

    public State state() {
        if (idle + starting > waiting) {
            return State.READY;
        }
        return overflow < maxOverflow ? State.OVERFLOW : State.FULL;
    }
}
