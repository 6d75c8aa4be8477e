// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
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
     * Death: exactly one thread sets dead, and does in this order: the last life ends, pid and names are free, heirs are told
     * of their tables, then "gone" is set and others are told. So nobody finds that the process has ended while a handle of
     * it still works, and who is told can take its name. What asks to be told before that is told with the others.
     *
     * Start: a process is "ready" when onStart has returned and nobody holds the start. Until then, having to exit fails the
     * start. Then its services are published, then it is "up": who waits for it may go on, and its monitors are told.
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
    /** Done when it is ready, failed with a {@link ProcessExitedException} if it ends before; null if nobody waits. */
    private final @Nullable CompletableFuture<@Nullable Void> awaited;

    private volatile ProcessLife life;
    private @Nullable Turn turn;
    /** Set from the beginning, so that nothing that is put down before {@link #begin} can make it run. */
    private boolean scheduled = true;

    private boolean held;
    private boolean ready;
    private boolean up;
    private boolean changeWanted = true;
    private @Nullable ExitReason exitWanted;
    private boolean trapping;
    private boolean dead;
    private boolean gone;
    private int fenced;

    KernelProcess(
            Kernel kernel,
            Pid pid,
            Module module,
            ProcessSpec spec,
            @Nullable Version pin,
            @Nullable CompletableFuture<@Nullable Void> awaited) {
        this.kernel = kernel;
        this.pid = pid;
        this.module = module;
        this.slot = new CodeSlot(kernel, this, spec, pin);
        this.awaited = awaited;
        this.life = new ProcessLife(this, kernel.registry);
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
        if (!up) {
            return ProcessInfo.Status.STARTING;
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

    /** It is to run that version, and to say so to the one who asks. */
    void pin(KernelProcess by, @Nullable Version version) {
        synchronized (this) {
            if (dead) {
                return;
            }
            slot.pin(by, version);
            reconsider();
        }
        slot.reportPins();
    }

    /** Whether it is about to have other code than it seems to. Under the monitor. */
    boolean isChanging() {
        return changeWanted || turn != null && turn.stage != null && turn.stage != Turn.Stage.MESSAGE;
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

    /** Ends it now, with or without the handler that runs. When this returns it is gone. */
    void kill() {
        die(ExitReason.KILLED);
        awaitEnd();
    }

    // The start

    /** It can be found: now it may run. */
    synchronized void begin() {
        schedule();
    }

    /** Whether somebody waits for it to start. */
    boolean isAwaited() {
        return awaited != null;
    }

    synchronized void hold() {
        held = !ready;
    }

    /** Nobody holds the start any more. */
    void release() {
        synchronized (this) {
            held = false;
        }
        getReady();
    }

    /** Its code has begun, or nobody holds the start any more. Whoever waits for it publishes its services, if it has any. */
    void getReady() {
        boolean quiet;
        synchronized (this) {
            if (held || ready || !slot.started() || exitWanted != null) {
                return;
            }
            ready = true;
            quiet = services().isEmpty();
        }
        if (quiet) {
            comeUp();
        }
        if (awaited != null) {
            awaited.complete(null);
        } else if (!quiet) {
            kernel.scheduler.executeBlocking(this::publish);
        }
    }

    /** Publishes its services, and tells that it has started. On a thread that may block. Returns false if that failed. */
    boolean publish() {
        try {
            kernel.services.publish(this);
        } catch (RuntimeException refused) {
            die(ExitReason.Crashed.of(refused));
            return false;
        }
        comeUp();
        return true;
    }

    private void comeUp() {
        tellMonitors(Signal.Started::new, () -> !up && (up = !dead));
    }

    /** Says so to its monitors. */
    void waitsForModule() {
        tellMonitors((number, who) -> new Signal.Awaiting(number, who, module.name), () -> !dead);
    }

    /** Tells each monitor that there is at this moment, in the order of such moments, unless that is not to be. */
    private void tellMonitors(BiFunction<Long, Pid, Signal> signal, BooleanSupplier still) {
        synchronized (relations) {
            Map<Long, KernelProcess> watchers;
            synchronized (this) {
                if (!still.getAsBoolean()) {
                    return;
                }
                watchers = Map.copyOf(relations.watchers);
            }
            watchers.forEach((number, watcher) -> watcher.post(new Envelope.Told(signal.apply(number, pid))));
        }
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
            slot.reportPins();
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

    /** The call of a service's method that the present thread handles: from now on it is answered another way. */
    synchronized Optional<PendingCall> defer() {
        PendingCall call = runsHere() ? turn.call : null;
        if (call == null || call.returns == null) {
            return Optional.empty();
        }
        call.deferred = true;
        return Optional.of(call);
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

    /** Ends it now, unless somebody has begun to. */
    void die(ExitReason reason) {
        Turn late;
        Provider code;
        List<PendingCall> calls;
        List<String> free;
        synchronized (this) {
            if (dead) {
                return;
            }
            dead = true;
            exitWanted = reason;
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
        kernel.ledger.end(this::life, () -> kernel.registry.remove(this, free));
        synchronized (this) {
            gone = true;
            notifyAll();
        }
        life.forget();
        kernel.modules.forget(this);
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
        ProcessExitedException end = new ProcessExitedException(this + " ended before it answered: " + reason, reason);
        calls.forEach(call -> call.reply.completeExceptionally(end));
        if (awaited != null) {
            awaited.completeExceptionally(end);
        }
        relations.ended(this, reason, kernel.scheduler);
    }

    /** Returns for what reason, when it is gone. For whoever has seen it on its way there. */
    synchronized ExitReason awaitEnd() {
        boolean interrupted = false;
        while (!gone) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Objects.requireNonNull(exitWanted, "reason");
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

    /** Returns false if the process is gone. */
    synchronized boolean relate(Consumer<Relations> change) {
        if (!gone) {
            change.accept(relations);
        }
        return !gone;
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

    /** Whether its services are published, or about to be. */
    synchronized boolean isReady() {
        return ready;
    }

    /** Of its present code; null while there is none. */
    synchronized @Nullable ClassLoader loader() {
        Behaviour now = slot.behaviour();
        return now == null ? null : now.loader();
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
