// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import org.bequest.itests.conformance.MalformedException;
import org.bequest.process.ExitReason;

/** How recordings write why a process ended. */
final class Reasons {
    static final String CRASH = "crash";

    private static final String KILL = "kill";
    private static final String NORMAL = "normal";
    private static final String SHUTDOWN = "shutdown";
    private static final String DETAILED = "shutdown:";

    private Reasons() {}

    static ExitReason read(String name) {
        return switch (name) {
            case NORMAL -> ExitReason.NORMAL;
            case SHUTDOWN -> ExitReason.SHUTDOWN;
            case KILL -> ExitReason.KILLED;
            case CRASH -> ExitReason.Crashed.of(new ScriptedException(CRASH));
            default -> {
                if (!name.startsWith(DETAILED)) {
                    throw new MalformedException("No reason to end: " + name);
                }
                yield new ExitReason.Shutdown(name.substring(DETAILED.length()));
            }
        };
    }

    static String write(ExitReason reason) {
        if (reason instanceof ExitReason.Shutdown shutdown) {
            return shutdown.detail() == null ? SHUTDOWN : DETAILED + shutdown.detail();
        }
        return reason.equals(read(CRASH)) ? CRASH : reason.toString(); // a normal one is written so, too
    }
}
