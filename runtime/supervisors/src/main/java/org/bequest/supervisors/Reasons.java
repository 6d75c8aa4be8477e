// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Exit reasons as terms, and back. */
final class Reasons {
    private static final String NORMAL = "normal";
    private static final String SHUTDOWN = "shutdown";
    private static final String KILLED = "killed";
    private static final String NO_PROCESS = "no_process";
    private static final String STUCK = "stuck";
    private static final String ABSENT = "module_absent";
    private static final String UNINSTALLED = "module_uninstalled";
    private static final String CRASHED = "crashed";

    private Reasons() {}

    static Tuple toTerm(ExitReason reason) {
        if (reason instanceof ExitReason.Normal) {
            return Tuple.of(NORMAL);
        } else if (reason instanceof ExitReason.Shutdown shutdown) {
            return Tuple.of(SHUTDOWN, shutdown.detail());
        } else if (reason instanceof ExitReason.Killed) {
            return Tuple.of(KILLED);
        } else if (reason instanceof ExitReason.NoProcess) {
            return Tuple.of(NO_PROCESS);
        } else if (reason instanceof ExitReason.Stuck stuck) {
            return Tuple.of(STUCK, stuck.handler(), stuck.grace());
        } else if (reason instanceof ExitReason.ModuleAbsent absent) {
            return Tuple.of(ABSENT, absent.module(), absent.limit());
        } else if (reason instanceof ExitReason.ModuleUninstalled uninstalled) {
            return Tuple.of(UNINSTALLED, uninstalled.module(), uninstalled.bundle());
        }
        ExitReason.Crashed crashed = (ExitReason.Crashed) reason;
        return Tuple.of(CRASHED, crashed.description(), crashed.stackTrace());
    }

    static ExitReason ofTerm(Tuple term) {
        String kind = term.getString(0);
        return switch (kind) {
            case NORMAL -> ExitReason.NORMAL;
            case SHUTDOWN -> new ExitReason.Shutdown(element(term, 1));
            case KILLED -> ExitReason.KILLED;
            case NO_PROCESS -> ExitReason.NO_PROCESS;
            case STUCK -> new ExitReason.Stuck(term.getString(1), (Duration) term.get(2));
            case ABSENT -> new ExitReason.ModuleAbsent(term.getString(1), (Duration) term.get(2));
            case UNINSTALLED -> new ExitReason.ModuleUninstalled(term.getString(1), term.getString(2));
            case CRASHED -> new ExitReason.Crashed(term.getString(1), term.getString(2));
            default -> throw new IllegalArgumentException("There is no exit reason of that kind: " + term);
        };
    }

    private static @Nullable Object element(Tuple term, int position) {
        return term.get(position);
    }
}
