// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.time.Duration;
import java.util.Optional;
import org.bequest.table.Recipient;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.osgi.annotation.versioning.ProviderType;

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
     * Asks for one {@link Signal.Down} when the other ends, at once if it has; {@code monitor/2}.
     *
     * @return the number by which the signal refers to this monitor: a term
     */
    long monitor(Pid other);

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

    /** Ends this process when the present handler has returned. Later messages are not handled. */
    void exit(ExitReason reason);
}
