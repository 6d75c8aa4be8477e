// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/**
 * The end of a child that was not told to end, or a failed start; what Director's {@code handle_exit} is called with.
 * Immutable.
 *
 * @param id null under simple-one-for-one
 * @param pid of the process that ended; null if it failed to start
 * @param restarts how often that has happened since the child was added, this time included: 1 at first
 * @param streak how often in a row, this time included: 1 at first, and again after a process that ran for the plan's
 *     {@link RestartPlan#quiet}
 * @param uptime how long the process ran; zero if it failed to start
 */
public record ChildExit(
        @Nullable String id, @Nullable Pid pid, ExitReason reason, long restarts, long streak, Duration uptime) {
    public ChildExit {
        if (restarts < 1 || streak < 1) {
            throw new IllegalArgumentException(
                    "restarts and streak count this exit and are at least 1, were " + restarts + " and " + streak);
        }
        ChildSpec.notNegative("uptime", uptime);
    }

    /** The same, with so many fewer before it in a row. */
    ChildExit after(long exits) {
        return new ChildExit(id, pid, reason, restarts, streak - exits, uptime);
    }
}
