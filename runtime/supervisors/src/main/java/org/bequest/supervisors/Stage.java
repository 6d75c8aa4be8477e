// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.supervisor.ChildInfo.State;

/** What is going on with a child, and what comes next. */
enum Stage {
    /** Being started, as the supervisor itself starts. If that fails, so does the supervisor's start. */
    INITIAL(State.STARTING),
    /** Being started because somebody has added it. If that fails it is forgotten. */
    NEW(State.STARTING),
    /** Being started because somebody asked. If that fails it stays down. */
    MANUAL(State.STARTING),
    /** Being started again. If that fails it is tried again. */
    AUTO(State.STARTING),
    /** Like {@link #AUTO}, but waits for its module. */
    AWAITING(State.STARTING),

    RUNNING(State.RUNNING),
    /** To be stopped when its turn comes, and to be started again when its turn comes. */
    CYCLING(State.RUNNING),
    /** Offered to another supervisor, which has yet to answer. */
    MOVING(State.RUNNING),

    /** Told to stop, and then {@link #DOWN}. */
    LEAVING(State.STOPPING),
    /** Told to stop, and then {@link #PENDING}. */
    TURNING(State.STOPPING),
    /** Told to stop, and then forgotten. */
    GOING(State.STOPPING),

    /** To be started when its turn comes. */
    PENDING(State.RESTARTING),
    /** To be restarted at a time. */
    DUE(State.RESTARTING),
    /** A plugin is asked what to do; if it does not answer in time, it is restarted. */
    DECIDING(State.RESTARTING),

    /** Without a process until somebody asks for one. */
    DOWN(State.DOWN);

    final State shown;

    Stage(State shown) {
        this.shown = shown;
    }

    boolean starting() {
        return shown == State.STARTING;
    }

    boolean stopping() {
        return shown == State.STOPPING;
    }
}
