// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import java.time.Instant;
import org.bequest.table.Owner;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a pool, as of the moment of asking. Immutable.
 *
 * @param slot its place in the pool, which stays when it is replaced
 * @param pid null if its process has yet to be made
 * @param borrower who has it; null if nobody has, or has ended
 * @param since when it was borrowed; null if nobody has it, or {@linkplain PoolSpec#leakThreshold leaks} are not looked for
 * @param stack where it was borrowed; null likewise
 */
public record PooledWorker(
        long slot,
        @Nullable Pid pid,
        State state,
        @Nullable Owner borrower,
        @Nullable Instant since,
        @Nullable String stack) {
    /** What it is doing. */
    public enum State {
        /** It has yet to start, or is being replaced. */
        STARTING,
        /** It waits to be lent. */
        IDLE,
        /** It is given to one who waits, and who has yet to take it. */
        OFFERED,
        /** It is lent. */
        BUSY,
        /** It is lent, and is replaced when it is returned. */
        RETIRING
    }
}
