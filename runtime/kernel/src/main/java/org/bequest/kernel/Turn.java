// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.process.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * A thread's turn at a process: while it is the process's current one, that thread alone runs the worker and changes what
 * the worker may change. A turn that is taken away does not come back; its thread is a zombie then, and finds out when its
 * handler returns. All fields are guarded by the process, but for {@link #failure}, which is the turn's own.
 */
final class Turn {
    /** What the plugin is doing in this turn. */
    enum Stage {
        START("onStart", false),
        MESSAGE("a handler", false),
        SUSPEND("onSuspend", true),
        RESUME("onResume", true),
        STOP("onStop", true);

        final String handler;
        /** Whether somebody always waits for it, so that it has its grace time only. */
        final boolean bounded;

        Stage(String handler, boolean bounded) {
            this.handler = handler;
            this.bounded = bounded;
        }
    }

    final Thread thread = Thread.currentThread();
    /** Null between two handlers. */
    @Nullable
    Stage stage;
    /** Counts handlers, so that a grace time ends only the one that it was for. */
    long handler;
    /** The call that is being handled. */
    @Nullable
    PendingCall call;

    @Nullable
    ExitReason failure;
}
