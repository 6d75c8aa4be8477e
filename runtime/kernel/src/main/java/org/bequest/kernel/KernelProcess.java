// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bequest.process.ExitReason;
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
final class KernelProcess implements Runnable {
    /* How it works. Whoever has something for the process puts it down (a message, a wish that it exit or look for other
     * code) and makes sure that a turn is coming. There is at most one current turn, which does what was put down: see Turn,
     * and CodeSlot for how code is changed.
     *
     * This object's monitor guards every field that is not final, the slot's, the turn's, the timers' and the relations', and
     * all of the mailbox but putting in, and going on with what the turn has taken (see Turn). It is never held while code of a
     * plugin runs, while the ledger's lock is wanted, or a table's gate. A provider's monitor may be taken while it is held.
     *
     * A message is put in without the monitor. Whoever does so looks at "scheduled" after that, and the turn that ends looks
     * into the mailbox after it has reset "scheduled": so one of them sees the other, and a turn is coming.
     *
     * Death: exactly one thread sets dead, and does all that the end is made of: see Death. Then it is gone.
     *
     * Start: a process is ready when onStart has returned and nobody holds the start; until then it has a Start, and having
     * to exit fails it. Then its services are published, then it is "up": who waits for it may go on, and its monitors are
     * told.
     *
     * There may be a million of them, idle. So what most of them do not need just now is not there (null, an empty list).
     * Why: docs/decisions/0003-a-process-takes-turns.md
     */
    private static final Logger LOG = LoggerFactory.getLogger(KernelProcess.class);

    private static final VarHandle SCHEDULED = scheduled();

    final Pid pid;
    final Module module;
    final Kernel kernel;
    final CodeSlot slot;
    final Mailbox mailbox = new Mailbox();

    /** By and for the module: its place among the members. */
    int place;

    private volatile ProcessLife life;
    private @Nullable Turn turn;
    /**
     * Whether a turn is coming or under way; written without the monitor, too. From the beginning, so that nothing that is put
     * down before {@link #begin} makes it run.
     */
    private volatile boolean scheduled = true;

    /** Null when it is ready. */
    private @Nullable Start start;

    private boolean up;
    private boolean changeWanted = true;
    private @Nullable ExitReason exitWanted;
    private boolean trapping;
    private boolean dead;
    private boolean gone;
    /** How many threads are zombies because of it, or were. */
    private int fenced;

    /** Replaced as a whole. */
    private List<String> names = List.of();

    private @Nullable Relations relations;
    private @Nullable Timers timers;

    KernelProcess(Kernel kernel, Pid pid, Module module, ProcessSpec spec, @Nullable Version pin, Start start) {
        this.kernel = kernel;
        this.pid = pid;
        this.module = module;
        this.slot = new CodeSlot(this, spec, pin);
        this.start = start;
        this.life = new ProcessLife(this);
    }

    private static VarHandle scheduled() {
        try {
            return MethodHandles.lookup().findVarHandle(KernelProcess.class, "scheduled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    ProcessLife life() {
        return life;
    }

    /** By the ledger, under its lock. Null if the process has ended: its present life will end, and has no successor. */
    synchronized @Nullable ProcessLife nextLife() {
        return dead ? null : (life = new ProcessLife(this));
    }

    synchronized ProcessInfo info() {
        Behaviour now = slot.behaviour();
        Version version = now == null ? null : now.provider().version();
        int queued = turn == null ? mailbox.size() : turn.queued();
        return new ProcessInfo(pid, module.name, version, names, status(), queued, fenced);
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

    /** Returns false if the process has ended: then nobody will ever see the message. Takes no monitor if there is code. */
    boolean post(Envelope message) {
        boolean taken = mailbox.put(message);
        if (taken) {
            wake();
        }
        return taken;
    }

    /** Makes sure that a turn is coming, or under way and not at its end. */
    void wake() {
        if (!scheduled && SCHEDULED.compareAndSet(this, false, true)) {
            schedule();
        }
    }

    private void schedule() {
        kernel.scheduler.execute(this, slot.blocking());
    }

    /** The module's providers have changed: looks for better code, between two messages. */
    synchronized void reconsider() {
        if (!dead && slot.isStale()) {
            changeWanted = true;
            recallTurn();
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
        return changeWanted || turn != null && turn.changes();
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
            recallTurn();
            wake();
        }
    }

    /** Ends it now, with or without the handler that runs. When this returns it is gone. */
    void kill() {
        die(ExitReason.KILLED);
        awaitEnd();
    }

    /**
     * Something is wanted before the next message. A handler that wishes something of its own process is not in its own way;
     * another one has its grace time from now.
     */
    private void recallTurn() {
        if (turn != null) {
            turn.recall();
            if (!turn.isHere()) {
                turn.armGrace();
            }
        }
    }

    // The start

    /** It can be found: now it may run. */
    synchronized void begin() {
        schedule();
    }

    /** Whether somebody waits for it to start. */
    synchronized boolean isAwaited() {
        return start != null && start.isAwaited();
    }

    synchronized void hold() {
        if (start != null) {
            start.held = true;
        }
    }

    /** Nobody holds the start any more. */
    void release() {
        synchronized (this) {
            if (start != null) {
                start.held = false;
            }
        }
        getReady();
    }

    /** Its code has begun, or nobody holds the start any more. Whoever waits for it publishes its services, if it has any. */
    void getReady() {
        Start done;
        boolean quiet;
        synchronized (this) {
            if (start == null || start.held || !slot.started() || exitWanted != null) {
                return;
            }
            done = start;
            start = null;
            quiet = services().isEmpty();
        }
        if (quiet) {
            comeUp();
        }
        if (done.isAwaited()) {
            done.done();
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
        Relations present;
        synchronized (this) {
            present = relations;
            if (present == null) {
                still.getAsBoolean();
                return;
            }
        }
        synchronized (present) {
            Map<Long, KernelProcess> watchers;
            synchronized (this) {
                if (!still.getAsBoolean()) {
                    return;
                }
                watchers = present.watchers();
            }
            watchers.forEach((number, watcher) -> watcher.post(new Envelope.Told(signal.apply(number, pid))));
        }
    }

    // A turn, and what it asks and changes under the monitor

    /** By the scheduler: the next turn, on the present thread. */
    @Override
    public void run() {
        new Turn(this).take();
    }

    /** Makes it the current one, unless the process has ended. */
    void begin(Turn next) {
        if (!dead) {
            turn = next;
        }
    }

    /** Whether that turn is the current one. */
    boolean has(Turn mine) {
        return turn == mine;
    }

    /** Why it is to exit; null if it is not. */
    @Nullable
    ExitReason exitWanted() {
        return exitWanted;
    }

    /** Whether it is to look for other code: once for each time that this was wanted. */
    boolean takeChange() {
        boolean wanted = changeWanted;
        changeWanted = false;
        return wanted;
    }

    /** Whether it is to exit or change, once its handler is out of the way. */
    boolean isWanted() {
        return changeWanted || exitWanted != null;
    }

    /** There is nothing to do. What was put down too late to be seen, and too early to wake it, does so now. */
    void rest() {
        turn = null;
        scheduled = false;
        if (mailbox.hasNew()) {
            wake();
        }
    }

    /** While there is no code: fails what came since then and holds objects of the code that has left. */
    void sift() {
        mailbox.collect(slot.left()).forEach(message -> fail(message, slot.last()));
    }

    /** Takes the turn away; no other begins before {@link #nextTurn}. Its thread, if it is with the plugin, is a zombie. */
    @Nullable
    Turn takeTurn() {
        Turn taken = turn;
        if (taken != null) {
            taken.lose();
            if (taken.isElsewhere()) {
                fenced++;
            }
        }
        turn = null;
        return taken;
    }

    /** The turn was taken away, and nothing of it can be seen any more: another may begin. */
    synchronized void nextTurn() {
        if (!dead) {
            schedule();
        }
    }

    /** Others are to have the thread: another turn is coming. */
    void giveWay() {
        turn = null;
        schedule();
    }

    /** Whether the present thread has the turn. Takes no monitor: a thread that has it sees that, since it has set it itself. */
    boolean runsHere() {
        Turn now = turn;
        return now != null && now.isHere();
    }

    /** The call was answered, or nobody waits for it any more. Takes no monitor if its handler has not returned. */
    void close(PendingCall call) {
        if (call.outlived) {
            synchronized (this) {
                mailbox.close(call);
            }
        }
    }

    /** A call that was handled, or is just now, and is not answered. */
    synchronized Optional<PendingCall> call(long ref) {
        PendingCall handled = turn == null ? null : turn.call();
        return handled != null && handled.ref == ref && !handled.reply.isDone()
                ? Optional.of(handled)
                : mailbox.call(ref);
    }

    /** The call of a service's method that the present thread handles: from now on it is answered another way. */
    synchronized Optional<PendingCall> defer() {
        PendingCall call = runsHere() ? turn.call() : null;
        if (call == null || call.returns == null) {
            return Optional.empty();
        }
        call.deferred = true;
        return Optional.of(call);
    }

    /** How long ago that happened which the present thread is told. */
    synchronized Duration waited() {
        return runsHere() ? turn.waited() : Duration.ZERO;
    }

    /** Takes out what lies here and holds objects of that code. */
    void failBack(Provider provider) {
        ClassLoader loader = provider.loader();
        if (loader == null) {
            return;
        }
        List<Envelope> lost;
        synchronized (this) {
            lost = mailbox.removeCarrying(loader);
            if (timers != null) {
                lost.addAll(timers.cancel(message -> message.carries(loader)));
            }
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

    // The end

    /** Ends it now, unless somebody has begun to. */
    void die(ExitReason reason) {
        Death death;
        synchronized (this) {
            if (dead) {
                return;
            }
            dead = true;
            exitWanted = reason;
            Turn late = takeTurn();
            List<PendingCall> calls = mailbox.close();
            if (late != null && late.call() != null) {
                calls.add(late.call());
            }
            if (timers != null) {
                timers.cancel(any -> true);
            }
            death = new Death(this, reason, late, slot.clear(), calls, names, start);
            start = null;
        }
        death.take();
    }

    /** Its last life is over, and nobody finds it. Returns whom to tell; nothing is added there any more. */
    synchronized @Nullable Relations setGone() {
        gone = true;
        notifyAll();
        return relations;
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

    // What belongs to it, whatever its code

    synchronized boolean isDead() {
        return dead;
    }

    synchronized void setTrapping(boolean trap) {
        trapping = trap;
    }

    /** Returns false if the process has ended. */
    synchronized boolean addName(String name) {
        if (!dead) {
            names = Stream.concat(names.stream(), Stream.of(name)).toList();
        }
        return !dead;
    }

    synchronized void removeName(String name) {
        names = names.stream().filter(other -> !other.equals(name)).toList();
    }

    synchronized Optional<String> name() {
        return names.stream().findFirst();
    }

    /** Returns false if the process is gone. */
    synchronized boolean relate(Consumer<Relations> change) {
        if (!gone) {
            if (relations == null) {
                relations = new Relations();
            }
            change.accept(relations);
        }
        return !gone;
    }

    synchronized void setTimer(long number, Duration delay, Object message) {
        if (!dead) {
            if (timers == null) {
                timers = new Timers();
            }
            timers.set(this, kernel.scheduler, number, delay, message);
        }
    }

    synchronized boolean cancelTimer(long number) {
        return timers != null && timers.cancel(number);
    }

    /** A monitor of its own says that the other has ended. */
    void down(long monitor, Pid other, ExitReason reason) {
        post(new Envelope.Told(new Signal.Down(monitor, other, reason)));
    }

    /** The interfaces that its present code answers; none while there is no code. */
    synchronized List<Class<?>> services() {
        Behaviour now = slot.behaviour();
        return now == null ? List.of() : now.provider().services();
    }

    /** Whether its services are published, or about to be. */
    synchronized boolean isReady() {
        return start == null;
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

    /** Whether it has entered that code and not left it. Takes no monitor. */
    boolean uses(Provider provider) {
        return slot.uses(provider);
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
