// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to processes, for the one who asks: an OSGi service that knows the bundle that got it, and
 * {@link Self#processes()} for a process. What is spawned belongs to the kernel, not to the one who spawned it.
 *
 * <p>Messages are passed by reference: send terms, or other immutable objects. One that holds an object of a bundle which
 * is replaced before it was handled is failed back ({@link CallFailedException}), or dropped with a warning if it was cast.
 *
 * <p>Threads: any. Failure: every method throws {@link org.bequest.table.FencedException} once the bundle has stopped or
 * the process's worker is done with.
 */
@ProviderType
public interface Processes {
    /**
     * Starts a process and waits until its {@link Worker#onStart} has returned; {@code gen_server:start/4}.
     *
     * @throws NoSuchModuleException if there is no module of that name just now
     * @throws NameTakenException if another process has the name
     * @throws StartFailedException if the worker failed to start, or asked to be {@linkplain Self#exit ignored}; then there
     *     is no process
     */
    Pid spawn(ProcessSpec spec);

    /**
     * Sends a request and waits for the reply; {@code gen_server:call/3}. A suspended process answers when it is back.
     *
     * @return what the worker replied; may be null
     * @throws CallTimeoutException if there was no reply in time; the request may still be handled
     * @throws ProcessExitedException if the process has ended, or ends before it replies
     * @throws CallFailedException if the worker says so, was fenced off over this request, or the request could not be
     *     delivered to the code that has replaced the one it was meant for
     * @throws IllegalStateException if a process calls itself, which could never be answered
     */
    @Nullable
    Object call(Pid to, Object request, Duration timeout);

    /** The same, to whichever process has the name; {@link ProcessExitedException} if none. */
    @Nullable
    Object call(String to, Object request, Duration timeout);

    /** Sends a message and forgets it; {@code gen_server:cast/2}. One to a process that has ended is dropped. */
    void cast(Pid to, Object message);

    /** The same, to whichever process has the name. */
    void cast(String to, Object message);

    /** The process that is registered under the name; {@code whereis/1}. */
    Optional<Pid> whereis(String name);

    /** What is known of one process; empty if it has ended. {@code process_info/1}. */
    Optional<ProcessInfo> info(Pid pid);

    /** Whether the process has not ended; {@code is_process_alive/1}. */
    boolean isAlive(Pid pid);

    /**
     * Asks a process to end; {@code exit/2}. It finishes its message first, and is told by {@link Worker#onStop}; one that
     * traps exits gets a {@link Signal.Exited} instead. {@link ExitReason#NORMAL} asks nothing of others.
     * {@link ExitReason#KILLED} can be neither trapped nor waited for: the process is gone when this returns, and a handler
     * of it that still runs is interrupted and fenced off.
     */
    void exit(Pid pid, ExitReason reason);

    /**
     * Completes when the process ends, at once (with {@link ExitReason#NO_PROCESS}) if there is none: a monitor for those
     * who have no mailbox. It never completes once the asking bundle has stopped.
     */
    CompletionStage<ExitReason> exited(Pid pid);

    /** All processes, by pid. A copy. */
    List<ProcessInfo> list();

    /** All modules that are there or that processes wait for, by name. A copy. */
    List<ModuleInfo> modules();
}
