// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.util.List;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/**
 * A child, as of the moment of asking; an element of {@code which_children/1}.
 *
 * @param id null under simple-one-for-one
 * @param pid of the process that it has; null if none
 * @param modules that its code is of
 * @param restarts how often it was restarted
 */
public record ChildInfo(
        @Nullable String id, @Nullable Pid pid, State state, ChildType type, List<String> modules, long restarts) {
    public ChildInfo {
        modules = List.copyOf(modules);
    }

    /** What a child is doing. */
    public enum State {
        /** It is being started, or waits for its module to start. */
        STARTING,
        RUNNING,
        /** It was told to stop. */
        STOPPING,
        /** It will be restarted, now or after a while; {@code restarting}. */
        RESTARTING,
        /** It has no process, and gets none unasked; {@code undefined}. */
        DOWN
    }
}
