// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/** What the suite {@code supervisors} asks of a system of processes: supervisors with their children. */
interface Families extends AutoCloseable {
    /**
     * A new supervisor without children, and without limit to its restarts.
     *
     * @param simple whether its children are all alike and have no names
     */
    Family start(boolean simple) throws Exception;

    @Override
    void close();

    /** One supervisor. */
    interface Family {
        /** Returns when the child has started. Threads: any. */
        void startChild(int number);

        /** Starts the one that is to {@linkplain #crash crash}. */
        void startVictim();

        /** Kills the victim; returns when its successor has started. Threads: one. */
        void crash();

        /** Ends it, with its children. */
        void end();
    }
}
