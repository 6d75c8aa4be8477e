// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** A supervisor refuses, and has changed nothing. The message says what was tried and what to do instead. */
public final class SupervisorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong; the second element of OTP's {@code {error, _}}. */
    public enum Problem {
        /** It has no such child. */
        NOT_FOUND,
        /** The child runs, and must not. */
        RUNNING,
        /** The child is waiting to be restarted, or being started. */
        RESTARTING,
        /** There is a child of that id, which does not run. */
        ALREADY_PRESENT,
        /** There is a child of that id, which runs. */
        ALREADY_STARTED,
        /** The child failed to start. */
        START_FAILED,
        /** The specification cannot be. */
        BAD_SPEC,
        /** That is not for a simple-one-for-one supervisor, or only for one. */
        SIMPLE_ONE_FOR_ONE,
        /** The child is another supervisor's. */
        NOT_PARENT,
        /** There is no such process. */
        NO_PROCESS,
        /** The supervisor is about to end. */
        SHUTTING_DOWN
    }

    private final Problem problem;
    private final @Nullable String child;
    private final transient @Nullable Pid pid;

    /**
     * @param child id of the child that it is about, if any
     * @param pid of that child, if it runs
     */
    public SupervisorException(Problem problem, @Nullable String child, @Nullable Pid pid, String message) {
        super(message);
        this.problem = problem;
        this.child = child;
        this.pid = pid;
    }

    public Problem problem() {
        return problem;
    }

    public @Nullable String child() {
        return child;
    }

    public @Nullable Pid pid() {
        return pid;
    }
}
