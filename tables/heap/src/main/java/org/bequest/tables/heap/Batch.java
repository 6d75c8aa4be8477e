// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import org.bequest.term.Tuple;
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

    /** The cell to put in for a row, in place of the row before, if any. */
    Pending pending(@Nullable Tuple before, Tuple after) {
        return new Pending(this, before, after);
    }

    /** Notes that a pending cell has got a key that the store did not have. */
    void addsKey() {
        adding++;
    }

    void commit() {
        committed = true;
    }

    /** How many batches have committed, up to this one. */
    long commits() {
        return committed ? commitsBefore + 1 : commitsBefore;
    }

    /** How many keys the committed ones have added, up to this one. */
    long added() {
        return committed ? addedBefore + adding : addedBefore;
    }

    /** The row that a cell stands for at this moment; null if for none. */
    static @Nullable Tuple row(@Nullable Object cell) {
        return cell instanceof Pending pending ? pending.row() : (Tuple) cell;
    }

    /** A cell whose row depends on whether its batch has committed. */
    record Pending(Batch batch, @Nullable Tuple before, Tuple after) {
        @Nullable
        Tuple row() {
            return batch.committed ? after : before;
        }
    }
}
