// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.time.Duration;
import java.util.List;
import org.bequest.process.ExitReason;
import org.bequest.term.Pid;

/** Ends of children, to ask plans about. */
final class Exits {
    static final ExitReason CRASH = new ExitReason.Crashed("java.lang.OutOfMemoryError: Java heap space", "");

    /** One of each kind, in the order of {@link RestartPlan.Reason}. */
    static final List<ExitReason> REASONS = List.of(
            ExitReason.NORMAL,
            ExitReason.SHUTDOWN,
            ExitReason.KILLED,
            CRASH,
            new ExitReason.Stuck("onCast", Duration.ofSeconds(1)),
            new ExitReason.ModuleAbsent("m", Duration.ofSeconds(1)),
            new ExitReason.ModuleUninstalled("m", "b"),
            ExitReason.NO_PROCESS);

    private Exits() {}

    static ChildExit inARow(long streak) {
        return of(CRASH, streak);
    }

    static ChildExit of(ExitReason reason) {
        return of(reason, 1);
    }

    static ChildExit of(ExitReason reason, long streak) {
        return new ChildExit("child", new Pid(1, streak), reason, streak, streak, Duration.ofSeconds(1));
    }
}
