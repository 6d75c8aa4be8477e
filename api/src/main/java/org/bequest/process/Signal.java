// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Transfer;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** What the kernel tells a process, in the order in which it happened. Immutable. */
public sealed interface Signal {
    /** A table is this process's now. Comes before the exit or monitor message of the one who left it. */
    record Transferred(Transfer transfer) implements Signal {}

    /**
     * A monitored process has ended; {@code 'DOWN'}.
     *
     * @param monitor the number that {@link Self#monitor} returned
     */
    record Down(long monitor, Pid pid, ExitReason reason) implements Signal {}

    /**
     * A linked process has ended, or somebody asks this one to, and it traps exits; {@code 'EXIT'}.
     *
     * @param pid who ended or asks; null if it is no process that asks
     */
    record Exited(@Nullable Pid pid, ExitReason reason) implements Signal {}

    /**
     * One of those that this process {@linkplain Self#watch watches} for is there.
     *
     * @param who as it was asked for
     * @param as who it is
     */
    record Arrived(Recipient who, Owner as) implements Signal {}
}
