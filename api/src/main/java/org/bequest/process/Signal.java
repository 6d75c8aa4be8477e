// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.util.List;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Transfer;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

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
     * A monitored process that had yet to start has: its {@link Worker#onStart} has returned, nobody
     * {@linkplain Self#holdStart holds} the start, and its services are published.
     */
    record Started(long monitor, Pid pid) implements Signal {}

    /** A monitored process that has yet to start waits for its module, which no bundle offers. */
    record Awaiting(long monitor, Pid pid, String module) implements Signal {}

    /**
     * The bundles that offer a {@linkplain Self#watchModule watched} module have changed.
     *
     * @param versions that are offered now, the highest first; each once
     */
    record Offered(String module, List<Version> versions) implements Signal {
        public Offered {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A process that was {@linkplain Self#pin pinned} runs the version that it was to run, or another.
     *
     * @param version that it runs now; null if it is suspended, as there is none
     * @param failure why it does not run the one that it was pinned to; null if it does
     */
    record Switched(
            Pid pid, @Nullable Version version, @Nullable ExitReason failure) implements Signal {}

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
