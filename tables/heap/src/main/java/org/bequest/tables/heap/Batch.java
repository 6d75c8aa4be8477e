// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import org.jspecify.annotations.Nullable;

/** One {@code putAll}: all its rows become visible by one volatile write, {@link #commit}. It may also never commit. */
final class Batch {

    private final long commitsBefore;
    private final long addedBefore;
    private long adding; // written by the one who fills the batch, before it commits; read by others only after that
    private volatile boolean committed;

    /** The batch before the first one. */
    Batch() {
        commitsBefore = 0;
        addedBefore = 0;
    }

    /** The batch that follows on the last one, which has come to its end. */
    Batch(Batch last) {
        commitsBefore = last.commits();
        addedBefore = last.added();
    }

    /** The pending cell to put in for a cell that is to come, in place of the cell before, if any. */
    Pending pending(@Nullable Object before, Object after) {
        return new Pending(this, before, after);
    }

    /** Notes that a pending cell has got so many rows that the store did not have. */
    void adds(int rows) {
        adding += rows;
    }

    void commit() {
        committed = true;
    }

    /** How many batches have committed, up to this one. */
    long commits() {
        return committed ? commitsBefore + 1 : commitsBefore;
    }

    /** How many rows the committed ones have added, up to this one. */
    long added() {
        return committed ? addedBefore + adding : addedBefore;
    }

    /** The plain cell that a cell stands for at this moment; null if for none. */
    static @Nullable Object plain(@Nullable Object cell) {
        return cell instanceof Pending pending ? pending.plain() : cell;
    }

    /** A cell that depends on whether its batch has committed: there is one for each key of the batch. */
    static final class Pending {
        private final Batch batch;
        private final @Nullable Object before;
        private Object after; // like adding; it changes as the batch brings more rows of that key

        private Pending(Batch batch, @Nullable Object before, Object after) {
            this.batch = batch;
            this.before = before;
            this.after = after;
        }

        /** For the one who fills the batch. */
        Object after() {
            return after;
        }

        /** For the one who fills the batch. */
        void after(Object cell) {
            after = cell;
        }

        /** One of its two cells, which are of the same key: for any reader who asks for that only. */
        Object sample() {
            return before != null ? before : after;
        }

        private @Nullable Object plain() {
            return batch.committed ? after : before;
        }
    }
}
