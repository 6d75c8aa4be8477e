// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The behaviour of one process; a {@code gen_server} callback module's functions, with the state in fields. A worker
 * answers one process only, from {@link #onStart} or {@link #onResume} to {@link #onSuspend} or {@link #onStop}.
 *
 * <p>Threads: one call at a time; each sees what the ones before it did, though the thread may be another.
 *
 * <p>Failure: what a handler throws ends the process with {@link ExitReason.Crashed}, but for {@link #onStop} (logged).
 */
@ConsumerType
public interface Worker {
    /**
     * The first call of a new process; {@code init/1}. {@link Processes#spawn} returns when this has.
     *
     * @param self the process; valid until this worker is done
     * @param argument the term of {@link ProcessSpec#argument}
     */
    default void onStart(Self self, @Nullable Object argument) throws Exception {}

    /**
     * A request of {@link Processes#call}; {@code handle_call/3}. Answer through {@code caller}, now or in a later call.
     */
    default void onCall(Self self, Object request, Caller caller) throws Exception {
        caller.fail(getClass().getName() + " answers no calls");
    }

    /** A message of {@link Processes#cast} or {@link Self#sendAfter}; {@code handle_cast/2}. */
    default void onCast(Self self, Object message) throws Exception {}

    /** Something that the kernel tells; {@code handle_info/2}. By default the signal is passed over. */
    default void onSignal(Self self, Signal signal) throws Exception {}

    /**
     * The code behind this process is about to be replaced: hand over what the next worker should know, and let go of what
     * is held. Tables, names, links, monitors, timers and messages need no care.
     *
     * @return a term, or null
     */
    default @Nullable Object onSuspend(Self self) throws Exception {
        return null;
    }

    /**
     * The first call of a worker that takes over a process; {@code code_change/3}. By default it starts as a new one does,
     * with the process's argument.
     */
    default void onResume(Self self, Handover handover) throws Exception {
        onStart(self, handover.argument());
    }

    /** The process ends, for a reason that leaves time to say so; {@code terminate/2}. */
    default void onStop(Self self, ExitReason reason) throws Exception {}
}
