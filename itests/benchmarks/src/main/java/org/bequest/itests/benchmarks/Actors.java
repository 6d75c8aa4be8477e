// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/** What the suite {@code processes} asks of a system of processes. Threads: one, but for {@link #call}. */
interface Actors extends AutoCloseable {
    /** Sends messages to one process; returns when that has handled all. */
    void tell(int messages);

    /** One request to one process, and its reply. Threads: any. */
    void call();

    /** Has one process make calls to another, each after the reply to the one before. */
    void callBetween(int calls);

    /** Has processes wait for a message which each passes on to the next, and the last to the first. */
    void formRing(int size);

    /** Sends a message round the ring; returns when it has been passed on so many times. */
    void runRing(int hops);

    /** Starts a process that does nothing; returns when it has started. */
    Object spawn();

    /** Ends a process; returns when it has ended. */
    void end(Object process);

    @Override
    void close();
}
