// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.time.Duration;
import java.util.Optional;
import org.bequest.table.Recipient;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * The process, as its worker sees it. What is set up here (names, links, monitors, watches, timers, tables) belongs to the
 * process and stays when its code is replaced.
 *
 * <p>Threads: any, though meant for the worker's handlers. Failure: every method but {@link #pid()} throws
 * {@link org.bequest.table.FencedException} once the worker that it was given to is done with, even if its process lives.
 */
@ProviderType
public interface Self {
    Pid pid();

    /** Tables as this process sees them: it becomes the owner of what it creates and claims. */
    Tables tables();

    /** The other processes, with this one as the caller. */
    Processes processes();

    /**
     * Takes a name; {@code register/2}. A process may have several.
     *
     * @throws NameTakenException if another process has it
     */
    void register(String name);

    /** Gives a name back, if this process has it; {@code unregister/1}. */
    void unregister(String name);

    /**
     * Ties the two together: when one ends abnormally the other ends too, or gets a {@link Signal.Exited} if it traps exits;
     * {@code link/1}. If the other has ended already, that is signalled at once.
     */
    void link(Pid other);

    /** {@code unlink/1}. */
    void unlink(Pid other);

    /** Whether exits of linked processes come as signals; {@code process_flag(trap_exit, _)}. Default false. */
    void trapExits(boolean trap);

    /**
     * Asks for one {@link Signal.Down} when the other ends, at once if it has; {@code monitor/2}. If the other has yet to
     * start, a {@link Signal.Started} says when it has.
     *
     * @return the number by which the signal refers to this monitor: a term
     */
    long monitor(Pid other);

    /** A pid that no process has or gets but by {@link #spawn}: a term, so that it can be written down before. */
    Pid newPid();

    /**
     * Starts a process and does not wait for it; {@code spawn_monitor/3}. It is monitored from the beginning: there is one
     * {@link Signal.Started} when its {@link Worker#onStart} has returned and its services are there, and one
     * {@link Signal.Down} when it has ended, which alone comes if it failed to start. If there is no module of that name it
     * waits for one, as long as {@link ProcessSpec#absenceLimit} allows, and {@link Signal.Awaiting} says so. If this worker
     * is done with before the process is there, there will be none.
     *
     * @param as from {@link #newPid}, not used yet
     * @param version of the module that the process is to run as long as it is there, see {@link #pin}; null for the best
     * @return the number of the monitor
     * @throws NameTakenException if another process has the name; then nothing was started
     * @throws IllegalArgumentException if the pid is in use, or was not given out by {@link #newPid} since the kernel started
     * @throws org.bequest.table.FencedException if this worker is done with; then nothing was started, and whoever finds
     *     after the end of this worker that the pid {@linkplain Processes#isAlive is not alive} can rely on that for ever
     */
    long spawn(Pid as, ProcessSpec spec, @Nullable Version version);

    /**
     * From {@link Worker#onStart}: this process has not started when that returns, but only when {@link #started} is called,
     * by this worker or one that takes over. Whoever spawned it waits on; messages are handled meanwhile. The way of
     * {@code proc_lib:init_ack/1}. Once the process has started, this does nothing.
     */
    void holdStart();

    /** See {@link #holdStart}. Said again, or without it, this does nothing. */
    void started();

    /** Takes a monitor back; a signal that is in the mailbox already still comes. {@code demonitor/1}. */
    void demonitor(long monitor);

    /**
     * Asks for a {@link Signal.Arrived} each time that a process takes the name, or a bundle of the symbolic name comes to
     * use Bequest; at once if there is one already. Asking twice is asking once. A process given
     * by pid arrives once, if it is alive. OTP has no such thing, and polls.
     */
    void watch(Recipient who);

    /** Takes {@link #watch} back. */
    void unwatch(Recipient who);

    /**
     * Casts a message to this process after a while; {@code erlang:send_after/3}.
     *
     * @return the number of the timer: a term
     */
    long sendAfter(Duration delay, Object message);

    /** Returns whether the timer was still to fire; {@code erlang:cancel_timer/1}. */
    boolean cancel(long timer);

    /** The caller of that {@link Caller#ref}, if it still waits for a reply of this process. */
    Optional<Caller> caller(long ref);

    /**
     * The caller of the living service's method that is being handled. From now on the call is answered through this, in
     * place of what the method returns: now or later, also by a worker that takes over; {@code {noreply, State}}.
     *
     * @throws IllegalStateException if no such method is being handled
     */
    Caller defer();

    /**
     * How long ago that happened which the {@link Signal} tells that is being handled; it may have waited in the mailbox
     * while the code was away. For what is to be counted from then. Zero outside of {@link Worker#onSignal}, and for a
     * {@link Signal.Transferred}.
     */
    Duration waited();

    /**
     * Asks for a {@link Signal.Offered} each time that the bundles which offer the module change, and once at once. Asking
     * twice is asking once.
     */
    void watchModule(String module);

    /** Takes {@link #watchModule} back. */
    void unwatchModule(String module);

    /**
     * Has another process run that version of its module as long as a bundle offers it, and not move to a higher one by
     * itself. It is switched over between two messages, up or down, and there is one {@link Signal.Switched} for each pin,
     * when it runs the version or has failed to and gone back: then it is pinned to what it was before. If no bundle offers
     * the version, that is signalled at once, and the process runs the highest until one does. A version that it has failed
     * to go over to before is tried again. Nothing happens if the process has ended.
     *
     * @param version null to take the pin away: the process runs the highest again
     */
    void pin(Pid other, @Nullable Version version);

    /**
     * Ends this process when the present handler has returned. Later messages are not handled. Before it has
     * {@linkplain #holdStart started} this fails the start, with that reason; {@link ExitReason#NORMAL} there is what OTP
     * calls {@code ignore}.
     */
    void exit(ExitReason reason);
}
