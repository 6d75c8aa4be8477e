// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

/**
 * What supervisors tell OSGi's EventAdmin, if there is one: topics, and the properties of their events. A property that does
 * not apply is absent. Nobody waits for who listens, and decisions are none of their business: see {@link CustomPlan}.
 */
public final class SupervisorEvent {
    /** What all topics begin with. */
    public static final String PREFIX = "org/bequest/supervisor/";
    /** For a handler of all of them. */
    public static final String ALL = PREFIX + "*";

    /** A child was started, for the first time or by {@link Supervisor#restart}. */
    public static final String STARTED = PREFIX + "STARTED";
    /** A child ended that was not told to, or failed to start; see {@link #REASON}, {@link #EXPECTED}. */
    public static final String EXITED = PREFIX + "EXITED";
    /** A child was started again after it, or a sibling, had ended. */
    public static final String RESTARTED = PREFIX + "RESTARTED";
    /** A child was told to stop, and did. */
    public static final String STOPPED = PREFIX + "STOPPED";
    /** A child has ended and gets no process until {@link Supervisor#restart}. */
    public static final String WAITING = PREFIX + "WAITING";
    /** A supervisor ends, because of too many restarts or because a plan says so; {@link #CHILD} is the last straw. */
    public static final String GAVE_UP = PREFIX + "GAVE_UP";
    /** A running process was taken in as a child; {@link Supervisor#adopt}, {@link Supervisor#move}. */
    public static final String ADOPTED = PREFIX + "ADOPTED";
    /** A child that another supervisor of a shared table left is this one's now. */
    public static final String TAKEN_OVER = PREFIX + "TAKEN_OVER";

    /** Name of the supervisor, a string. */
    public static final String SUPERVISOR = "supervisor";
    /** Id of the child, a string; absent under simple-one-for-one. */
    public static final String CHILD = "child";
    /** Of the child's process, a {@link org.bequest.term.Pid}; absent if it has none and had none. */
    public static final String PID = "pid";
    /** The {@link org.bequest.process.ExitReason}, as text. */
    public static final String REASON = "reason";
    /** {@link org.bequest.process.ExitReason#expected}, a boolean. */
    public static final String EXPECTED = "expected";
    /** {@link ChildExit#restarts}, a long. */
    public static final String RESTARTS = "restarts";
    /** Name of the child's worker module, a string. */
    public static final String MODULE = "module";

    private SupervisorEvent() {}
}
