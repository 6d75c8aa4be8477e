// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** Why a process ended. Only text and terms, never an exception of a plugin, so that keeping one keeps no code alive. */
public sealed interface ExitReason {
    /* No method has a body here. One that had would make each record initialize this interface first, which makes such
     * records: of two threads that are the first to use the one and the other, each would wait for the other for ever.
     */

    /** The work is done. */
    ExitReason NORMAL = new Normal();
    /** Asked to stop, in order. */
    ExitReason SHUTDOWN = new Shutdown(null);
    /** Killed, without a chance to say anything. */
    ExitReason KILLED = new Killed();
    /** There was no such process when it was asked for. */
    ExitReason NO_PROCESS = new NoProcess();

    /** Whether this is an expected end: {@code normal}, {@code shutdown} or {@code {shutdown, Term}}. */
    boolean expected();

    record Normal() implements ExitReason {
        @Override
        public boolean expected() {
            return true;
        }

        @Override
        public String toString() {
            return "normal";
        }
    }

    /** @param detail a term that says more, or null */
    record Shutdown(@Nullable Object detail) implements ExitReason {
        public Shutdown {
            detail = Terms.copyOf(detail);
        }

        @Override
        public boolean expected() {
            return true;
        }

        @Override
        public String toString() {
            return detail == null ? "shutdown" : "shutdown: " + detail;
        }
    }

    record Killed() implements ExitReason {
        @Override
        public boolean expected() {
            return false;
        }

        @Override
        public String toString() {
            return "killed";
        }
    }

    record NoProcess() implements ExitReason {
        @Override
        public boolean expected() {
            return false;
        }

        @Override
        public String toString() {
            return "no process";
        }
    }

    /**
     * A handler threw.
     *
     * @param description the exception's class and message
     * @param stackTrace as printed
     */
    record Crashed(String description, String stackTrace) implements ExitReason {
        /** What is left of an exception when its classes must not be kept. An exception that throws when asked is named only. */
        public static Crashed of(Throwable cause) {
            try {
                StringWriter trace = new StringWriter();
                cause.printStackTrace(new PrintWriter(trace));
                return new Crashed(String.valueOf(cause), trace.toString());
            } catch (Throwable broken) {
                return new Crashed(cause.getClass().getName(), "");
            }
        }

        @Override
        public boolean expected() {
            return false;
        }

        @Override
        public String toString() {
            return "crashed: " + description;
        }
    }

    /** A handler did not come back in its grace time, and nothing else could be done. */
    record Stuck(String handler, Duration grace) implements ExitReason {
        @Override
        public boolean expected() {
            return false;
        }

        @Override
        public String toString() {
            return "stuck: " + handler + " did not come back within " + grace.toMillis() + " ms";
        }
    }

    /** The process's module was away for longer than it was allowed to. */
    record ModuleAbsent(String module, Duration limit) implements ExitReason {
        @Override
        public boolean expected() {
            return false;
        }

        @Override
        public String toString() {
            return "module '" + module + "' was absent for longer than " + limit.toMillis() + " ms";
        }
    }

    /** The last bundle with the process's module was uninstalled. */
    record ModuleUninstalled(String module, String bundle) implements ExitReason {
        @Override
        public boolean expected() {
            return false;
        }

        @Override
        public String toString() {
            return "module '" + module + "' was uninstalled with bundle " + bundle;
        }
    }
}
