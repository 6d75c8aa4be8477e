// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Signal;
import org.bequest.process.WorkerModule;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process: a mailbox, and a slot for code that can be taken out and put in while the process lives. */
final class KernelProcess {
    /* How it works. Whoever has something for the process puts it down (a message, a wish that it exit or look for other
     * code) and makes sure that a turn is coming. There is at most one current turn; its thread takes one step after the
     * other: exit if that is wanted, else change code if that is wanted, else handle a message if there is code.
     *
     * This object's monitor guards every field that is not final, the slot's, the timers' and the relations'; it is never
     * held while code of a plugin runs, while the ledger's lock is wanted, or a provider's monitor.
     *
     * Fencing: a handler that is in the way for longer than its grace time loses its turn (fence). The turn is taken from it
     * first, then its life ends, so that no handle of it works; only then may another turn begin ("scheduled" stays set in
     * between). The thread is interrupted, and whatever it still does finds nothing to do it with.
     *
     * Death: exactly one thread sets dead, and does in this order: names are free, tables pass on, then others are told.
     * Why: docs/decisions/0003-a-process-takes-turns.md
     */
    private static final Logger LOG = LoggerFactory.getLogger(KernelProcess.class);

    /** How many steps a turn takes before others get the thread. */
    private static final int SLICE = 64;

    final Pid pid;
    final Module module;

    private final Kernel kernel;
    private final CodeSlot slot;
    private final Relations relations = new Relations();
    private final Timers timers = new Timers();
    private final List<String> names = new ArrayList<>(1);
    private final Mailbox mailbox = new Mailbox();
    /** Failed with a {@link ProcessExitedException} if the process ends before. */
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

    private volatile ProcessLife life;
    private @Nullable Turn turn;
    private boolean scheduled;
    private boolean changeWanted = true;
    private @Nullable ExitReason exitWanted;
    private boolean trapping;
    private boolean dead;
    private int fenced;

    KernelProcess(Kernel kernel, Pid pid, Module module, ProcessSpec spec) {
        this.kernel = kernel;
        this.pid = pid;
        this.module = module;
        this.slot = new CodeSlot(kernel, this, spec);
        this.life = new ProcessLife(this, kernel.registry);
    }

    CompletableFuture<@Nullable Void> started() {
        return started;
    }

    ProcessLife life() {
        return life;
    }

    /** By the ledger, under its lock. Null if the process has ended: its present life will end, and has no successor. */
    synchronized @Nullable ProcessLife nextLife() {
        return dead ? null : (life = new ProcessLife(this, kernel.registry));
    }

    synchronized ProcessInfo info() {
        Behaviour now = slot.behaviour();
        Version version = now == null ? null : now.provider().version();
        return new ProcessInfo(pid, module.name, version, List.copyOf(names), status(), mailbox.size(), fenced);
    }

    private ProcessInfo.Status status() {
        if (dead) {
            return ProcessInfo.Status.EXITED;
        }
        if (slot.behaviour() == null) {
            return ProcessInfo.Status.SUSPENDED;
        }
        return turn == null ? ProcessInfo.Status.WAITING : ProcessInfo.Status.RUNNING;
    }

    // What others put down

    /** Returns false if the process has ended: then nobody will ever see the message. */
    synchronized boolean post(Envelope message) {
        if (dead) {
            return false;
        }
        if (slot.isOfLeftCode(message)) {
            fail(message, slot.last());
        } else {
            mailbox.add(message);
            wake();
        }
        return true;
    }

    /** Makes sure that a turn is coming, or under way. */
    synchronized void wake() {
        if (!scheduled && !dead) {
            scheduled = true;
            schedule();
        }
    }

    private void schedule() {
        kernel.scheduler.execute(this::turn, slot.blocking());
    }

    /** The module's providers have changed: looks for better code, between two messages. */
    synchronized void reconsider() {
        if (!dead && slot.isStale()) {
            changeWanted = true;
            armGraceOfOthers();
            wake();
        }
    }

    /** Asks it to end for that reason, after its present message; a trapping process is only told. */
    synchronized void exit(@Nullable Pid by, ExitReason reason) {
        if (trapping) {
            post(new Envelope.Told(new Signal.Exited(by, reason)));
        } else if (!(reason instanceof ExitReason.Normal)) {
            end(reason);
        }
    }

    /** Makes it end for that reason, after its present message. */
    synchronized void end(ExitReason reason) {
        if (!dead && exitWanted == null) {
            exitWanted = reason;
            armGraceOfOthers();
            wake();
        }
    }

    /** Ends it now, with or without the handler that runs. */
    void kill() {
        die(ExitReason.KILLED);
    }

    // A turn

    /** Whether that turn is the current one. Under the monitor. */
    boolean has(Turn mine) {
        return turn == mine;
    }

    /** Whether the present thread has the turn. */
    synchronized boolean runsHere() {
        return turn != null && turn.thread == Thread.currentThread();
    }

    private void turn() {
        Turn mine = new Turn();
        synchronized (this) {
            if (dead) {
                return;
            }
            turn = mine;
        }
        try {
            for (int steps = 0; steps < SLICE; steps++) {
                if (!step(mine)) {
                    return;
                }
            }
            synchronized (this) {
                if (turn == mine) {
                    turn = null;
                    schedule();
                }
            }
        } catch (Throwable broken) {
            LOG.error("{} ends, since the kernel failed", this, broken);
            die(ExitReason.Crashed.of(broken));
        } finally {
            // An interrupt by fence came while the turn was current, and was meant for the handler.
            Thread.interrupted();
        }
    }

    /** Returns false if the turn is over. */
    private boolean step(Turn mine) {
        Envelope message = null;
        ExitReason exit;
        synchronized (this) {
            if (turn != mine) {
                return false;
            }
            exit = exitWanted;
            if (exit == null && !changeWanted) {
                message = slot.behaviour() == null ? null : mailbox.take();
                if (message == null) {
                    turn = null;
                    scheduled = false;
                    return false;
                }
            }
            changeWanted = false;
        }
        if (exit != null) {
            stop(mine, exit);
            return false;
        }
        if (message == null) {
            slot.change(mine);
        } else {
            handle(mine, message);
        }
        return true;
    }

    private void handle(Turn mine, Envelope message) {
        Behaviour now;
        synchronized (this) {
            now = slot.behaviour();
        }
        if (now != null
                && run(mine, Turn.Stage.MESSAGE, message.call(), () -> now.handle(message))
                && mine.failure != null) {
            end(mine.failure);
        }
    }

    /** A piece of a plugin's code. */
    interface Handler {
        void run() throws Exception;
    }

    /**
     * Runs code of the plugin. Returns false if the turn was taken away meanwhile: nothing may be touched then. Otherwise
     * {@code mine.failure} says how it failed, or null.
     */
    boolean run(Turn mine, Turn.Stage stage, @Nullable PendingCall call, Handler handler) {
        synchronized (this) {
            if (turn != mine) {
                return false;
            }
            mine.stage = stage;
            mine.handler++;
            mine.call = call;
            mine.failure = null;
            if (stage.bounded || changeWanted || exitWanted != null) {
                armGrace();
            }
        }
        try {
            handler.run();
        } catch (Throwable thrown) {
            mine.failure = ExitReason.Crashed.of(thrown);
        } finally {
            mine.thread.setContextClassLoader(null);
        }
        synchronized (this) {
            mine.stage = null;
            mine.call = null;
            return turn == mine;
        }
    }

    /** The call is answered, or nobody waits for it any more. */
    synchronized void close(PendingCall call) {
        mailbox.close(call);
    }

    synchronized Optional<PendingCall> call(long ref) {
        return mailbox.call(ref);
    }

    /** Takes out what lies here and holds objects of that code. */
    void failBack(Provider provider) {
        ClassLoader loader = provider.loader();
        if (loader == null) {
            return;
        }
        List<Envelope> lost;
        synchronized (this) {
            lost = timers.cancel(message -> message.carries(loader));
            lost.addAll(mailbox.removeCarrying(loader));
        }
        lost.forEach(message -> fail(message, provider));
    }

    private void fail(Envelope message, @Nullable Provider provider) {
        PendingCall call = message.call();
        if (call == null) {
            LOG.warn("{} drops a message that holds an object of {}, which was replaced. Send terms.", this, provider);
        } else {
            call.fail("The request to " + this + " holds an object of " + provider
                    + ", which was replaced before it was handled. Send terms, or types of a bundle that stays.");
        }
    }

    // Fencing

    /** Like {@link #armGrace}, but a handler that wishes something of its own process is not in its own way. */
    private void armGraceOfOthers() {
        if (!runsHere()) {
            armGrace();
        }
    }

    /** Gives the handler that runs its grace time from now. Under the monitor. */
    private void armGrace() {
        Turn now = turn;
        if (now != null && now.stage != null) {
            long handler = now.handler;
            Duration grace = slot.grace();
            kernel.scheduler.after(grace, () -> fence(now, handler, grace));
        }
    }

    private void fence(Turn late, long handler, Duration grace) {
        Turn.Stage stage;
        PendingCall call;
        synchronized (this) {
            stage = late.stage;
            call = late.call;
            if (dead || turn != late || late.handler != handler || stage == null) {
                return;
            }
            takeTurn(late);
        }
        String overdue = "did not come back within " + grace.toMillis() + " ms after it had to";
        LOG.error("{} is fenced off from thread '{}': {} {}", this, late.thread.getName(), stage.handler, overdue);
        slot.evict(stage);
        interrupt(late);
        if (call != null) {
            close(call);
            call.fail(this + " was fenced off from the handler of this request: it " + overdue
                    + ". The process goes on.");
        }
        synchronized (this) {
            if (!dead) {
                schedule();
            }
        }
    }

    /** Under the monitor: the turn's thread, if it is with the plugin, is a zombie from now on. */
    private void takeTurn(Turn from) {
        turn = null;
        if (isElsewhere(from)) {
            fenced++;
        }
    }

    /** Wakes a zombie, once its life is over: before that, it could still do something about it. */
    private synchronized void interrupt(Turn zombie) {
        if (isElsewhere(zombie)) {
            zombie.thread.interrupt();
        }
    }

    /** Whether a handler of that turn runs, on another thread than the present one. */
    private static boolean isElsewhere(Turn other) {
        return other.stage != null && other.thread != Thread.currentThread();
    }

    // The end

    private void stop(Turn mine, ExitReason reason) {
        Behaviour now;
        synchronized (this) {
            now = slot.behaviour();
        }
        if (now != null) {
            boolean current = run(mine, Turn.Stage.STOP, null, () -> {
                now.enter();
                now.worker().onStop(now.self(), reason);
            });
            if (!current) {
                return;
            }
            if (mine.failure != null) {
                LOG.warn("{} failed in onStop: {}", this, mine.failure);
            }
        }
        die(reason);
    }

    private void die(ExitReason reason) {
        Turn late;
        Provider code;
        List<PendingCall> calls;
        List<String> free;
        synchronized (this) {
            if (dead) {
                return;
            }
            dead = true;
            late = turn;
            if (late != null) {
                takeTurn(late);
            }
            code = slot.clear();
            calls = mailbox.clear();
            timers.cancel(any -> true);
            free = List.copyOf(names);
        }
        log(reason);
        kernel.registry.remove(this, free);
        kernel.ledger.end(this::life);
        life.forget();
        if (late != null) {
            interrupt(late);
        }
        if (code != null) {
            code.leave(this);
        }
        module.leave(this);
        tell(reason, calls);
        kernel.services.withdraw(this);
    }

    private void tell(ExitReason reason, Collection<PendingCall> calls) {
        ProcessExitedException gone = new ProcessExitedException(this + " ended before it answered: " + reason, reason);
        calls.forEach(call -> call.reply.completeExceptionally(gone));
        started.completeExceptionally(gone);
        relations.ended(this, reason, kernel.scheduler);
    }

    private void log(ExitReason reason) {
        if (reason.expected()) {
            LOG.debug("{} ended: {}", this, reason);
        } else if (reason instanceof ExitReason.Crashed crashed) {
            LOG.error("{} {}\n{}", this, crashed, crashed.stackTrace());
        } else if (reason instanceof ExitReason.Killed) {
            LOG.info("{} was killed, as somebody asked", this);
        } else {
            LOG.warn("{} ended: {}", this, reason);
        }
    }

    // What belongs to it, whatever its code

    synchronized boolean isDead() {
        return dead;
    }

    synchronized void setTrapping(boolean trap) {
        trapping = trap;
    }

    /** Returns false if the process has ended. */
    synchronized boolean addName(String name) {
        return !dead && names.add(name);
    }

    synchronized void removeName(String name) {
        names.remove(name);
    }

    synchronized Optional<String> name() {
        return names.stream().findFirst();
    }

    /** Returns false if the process has ended. */
    synchronized boolean relate(Consumer<Relations> change) {
        if (!dead) {
            change.accept(relations);
        }
        return !dead;
    }

    synchronized void setTimer(long number, Duration delay, Object message) {
        if (!dead) {
            timers.set(this, kernel.scheduler, number, delay, message);
        }
    }

    synchronized boolean cancelTimer(long number) {
        return timers.cancel(number);
    }

    /** A monitor on somebody who was gone already. */
    void down(long monitor, Pid other) {
        post(new Envelope.Told(new Signal.Down(monitor, other, ExitReason.NO_PROCESS)));
    }

    /** The interfaces that its present code answers; none while there is no code. */
    synchronized List<Class<?>> services() {
        Behaviour now = slot.behaviour();
        return now == null ? List.of() : now.provider().services();
    }

    /** How long a call of its services may take. */
    synchronized Duration callTimeout() {
        Provider last = slot.last();
        return last == null ? Duration.ofMillis(WorkerModule.DEFAULT_TIMEOUT_MS) : last.timeout;
    }

    synchronized void uninstalled(long bundleId) {
        if (!dead) {
            slot.uninstalled(bundleId);
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + module.name + ")";
    }
}
