// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.Transfer;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process: a mailbox, and a behaviour that can be taken out and put in while the process lives. */
final class KernelProcess {
    /* How it works. Whoever has something for the process puts it down (a message, a wish that it exit or look for other
     * code) and makes sure that a turn is scheduled. There is at most one current turn; its thread takes one step after the
     * other: exit if that is wanted, else change code if that is wanted, else handle a message if there is code.
     *
     * This object's monitor guards every field that is not final; it is never held while code of a plugin runs, while the
     * ledger's lock is wanted, or a provider's monitor.
     *
     * Fencing: a handler that is in the way for longer than its grace time loses its turn (fence). The turn is taken from it
     * first, then its life ends, so that no handle of it works; only then may another turn begin ("scheduled" stays set in
     * between). The thread is interrupted, and whatever it still does finds nothing to do it with.
     *
     * Death: exactly one thread sets dead, and does in this order: names are free, tables pass on, then others are told.
     */
    private static final Logger LOG = LoggerFactory.getLogger(KernelProcess.class);

    /** How many messages a turn handles before others get the thread. */
    private static final int SLICE = 64;

    final Pid pid;
    final Module module;
    final Registry directory;

    private final Kernel kernel;
    private final ProcessSpec spec;
    /** Done when the worker has started; failed with a {@link ProcessExitedException} when it has not. */
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    /** Written under the ledger's lock and this monitor. */
    private volatile ProcessLife life;

    private final Relations relations = new Relations();
    private final Deque<Envelope> mailbox = new ArrayDeque<>();
    private final Map<Long, PendingCall> open = new HashMap<>();
    private final Map<Long, Timer> timers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    private @Nullable Turn turn;
    private boolean scheduled;
    private boolean dead;
    private boolean trapping;
    private @Nullable ExitReason exitWanted;
    private boolean swapWanted = true;
    private int fenced;

    private @Nullable Behaviour behaviour;
    /** The code that it has entered. */
    private @Nullable Provider using;
    /** The code that it ran last, or runs. */
    private @Nullable Provider last;
    /** The code that it failed to go over to. */
    private @Nullable Provider refused;
    /** How that failed. */
    private @Nullable ExitReason failure;
    /** What the last worker handed over, while there is no next one. */
    private @Nullable Object state;

    private @Nullable ScheduledFuture<?> absence;

    private record Timer(Envelope message, ScheduledFuture<?> firing) {}

    KernelProcess(Kernel kernel, Pid pid, Module module, ProcessSpec spec) {
        this.kernel = kernel;
        this.directory = kernel.registry;
        this.pid = pid;
        this.module = module;
        this.spec = spec;
        this.life = new ProcessLife(this);
    }

    ProcessLife life() {
        return life;
    }

    /** By the ledger only. Returns null if the process has ended: then its life will end, and has no successor. */
    synchronized @Nullable ProcessLife nextLife() {
        return dead ? null : (life = new ProcessLife(this));
    }

    CompletableFuture<Void> started() {
        return started;
    }

    synchronized boolean runsHere() {
        return turn != null && turn.thread == Thread.currentThread();
    }

    synchronized ProcessInfo info() {
        ProcessInfo.Status status = dead
                ? ProcessInfo.Status.EXITED
                : behaviour == null
                        ? ProcessInfo.Status.SUSPENDED
                        : turn != null ? ProcessInfo.Status.RUNNING : ProcessInfo.Status.WAITING;
        Version version = behaviour == null ? null : behaviour.provider().version();
        return new ProcessInfo(pid, module.name, version, List.copyOf(names), status, mailbox.size(), fenced);
    }

    // What others put down

    /** Returns false if the process has ended: then nobody will ever see the message. */
    synchronized boolean post(Envelope message) {
        if (dead) {
            return false;
        }
        mailbox.add(message);
        wake();
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
        Provider code = behaviour == null ? module.best(refused) : behaviour.provider();
        kernel.scheduler.execute(this::turn, code != null && code.blocking);
    }

    /** The module's providers have changed: looks for better code, between two messages. */
    void reconsider() {
        synchronized (this) {
            Provider best = module.best(refused);
            if (dead || behaviour != null && behaviour.provider().present() && behaviour.provider() == best) {
                return;
            }
            swapWanted = true;
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
        synchronized (this) {
            if (turn != null) {
                takeTurn(turn);
            }
        }
        die(ExitReason.KILLED);
    }

    // A turn

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
        } finally {
            // An interrupt by fence came while the turn was current, and was meant for the handler.
            Thread.interrupted();
        }
    }

    /** Returns false if the turn is over. */
    private boolean step(Turn mine) {
        Envelope message = null;
        ExitReason exit;
        boolean swap;
        synchronized (this) {
            if (turn != mine) {
                return false;
            }
            exit = exitWanted;
            swap = swapWanted;
            if (exit == null && !swap) {
                message = behaviour == null ? null : mailbox.poll();
                if (message == null) {
                    turn = null;
                    scheduled = false;
                    return false;
                }
            }
        }
        if (exit != null) {
            stop(mine, exit);
            return false;
        }
        if (message == null) {
            changeCode(mine);
        } else {
            handle(mine, message);
        }
        return true;
    }

    /** A piece of a plugin's code. */
    private interface Handler {
        void run() throws Exception;
    }

    /**
     * Runs code of the plugin. Returns false if the turn was taken away meanwhile: nothing may be touched then. Otherwise
     * {@code mine.failure} says how it failed, or null.
     */
    private boolean run(Turn mine, Turn.Stage stage, @Nullable PendingCall call, Handler handler) {
        synchronized (this) {
            if (turn != mine) {
                return false;
            }
            mine.stage = stage;
            mine.handler++;
            mine.call = call;
            mine.failure = null;
            if (stage.bounded || swapWanted || exitWanted != null) {
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

    private void handle(Turn mine, Envelope message) {
        Behaviour now = behaviour();
        PendingCall call = callOf(message);
        if (call != null) {
            synchronized (this) {
                open.put(call.ref, call);
            }
        }
        if (run(mine, Turn.Stage.MESSAGE, call, () -> dispatch(now, message)) && mine.failure != null) {
            end(mine.failure);
        }
    }

    private void dispatch(Behaviour now, Envelope message) throws Exception {
        Worker worker = now.worker();
        enterCode(worker);
        if (message instanceof Envelope.Request request) {
            worker.onCall(now.self(), request.request(), new CallerView(this, now.life(), request.call()));
        } else if (message instanceof Envelope.Cast cast) {
            worker.onCast(now.self(), cast.message());
        } else if (message instanceof Envelope.Invocation invocation) {
            invoke(now, invocation);
        } else if (message instanceof Envelope.Told told) {
            worker.onSignal(now.self(), told.signal());
        } else if (message instanceof Envelope.Given given) {
            TableHandle handle = new TableHandle(kernel.ledger, given.table(), now.life());
            worker.onSignal(now.self(), new Signal.Transferred(new Transfer(handle, given.from(), given.gift())));
        }
    }

    private static void enterCode(Worker worker) {
        Thread.currentThread().setContextClassLoader(worker.getClass().getClassLoader());
    }

    private void invoke(Behaviour now, Envelope.Invocation invocation) throws Exception {
        PendingCall call = invocation.call();
        Object result;
        try {
            result = invocation.method().invoke(now.worker(), invocation.arguments());
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception exception) {
                close(call);
                call.reply.completeExceptionally(
                        Foreign.exception(exception, now.provider().code().loader()));
                return;
            }
            throw thrown;
        }
        CompletionStage<?> later = Foreign.stage(result, invocation.method().getReturnType());
        if (later == null) {
            close(call);
            call.reply.complete(result);
        } else {
            ClassLoader loader = now.provider().code().loader();
            later.whenComplete((value, thrown) -> {
                close(call);
                if (thrown == null) {
                    call.reply.complete(value);
                } else {
                    call.reply.completeExceptionally(Foreign.exception(thrown, loader));
                }
            });
        }
    }

    private static @Nullable PendingCall callOf(Envelope message) {
        if (message instanceof Envelope.Request request) {
            return request.call();
        }
        return message instanceof Envelope.Invocation invocation ? invocation.call() : null;
    }

    /** The call is answered, or nobody waits for it any more. */
    synchronized void close(PendingCall call) {
        open.remove(call.ref);
    }

    synchronized Optional<PendingCall> call(long ref) {
        return Optional.ofNullable(open.get(ref));
    }

    private synchronized Behaviour behaviour() {
        if (behaviour == null) {
            throw new IllegalStateException(this + " has no code");
        }
        return behaviour;
    }

    // Change of code

    private void changeCode(Turn mine) {
        Behaviour old;
        Provider target;
        synchronized (this) {
            swapWanted = false;
            old = behaviour;
            if (refused != null
                    && (!refused.present() || old != null && !old.provider().present())) {
                refused = null; // gone, or there is no way back any more
            }
            target = module.best(refused);
        }
        if (old != null && (target == old.provider() || !suspend(mine, old, target))) {
            return;
        }
        if (target == null) {
            waitForModule();
        } else if (enter(mine, target)) {
            begin(mine, target);
        } else {
            reconsider();
        }
    }

    private boolean enter(Turn mine, Provider target) {
        boolean entered = target.enter(this);
        synchronized (this) {
            if (entered && turn == mine) {
                using = target;
                return true;
            }
        }
        if (entered) {
            target.leave(this);
        }
        return false;
    }

    /** Returns false if the process keeps its code, exits, or lost its turn. */
    private boolean suspend(Turn mine, Behaviour old, @Nullable Provider target) {
        Object[] handed = new Object[1];
        boolean current = run(mine, Turn.Stage.SUSPEND, null, () -> {
            enterCode(old.worker());
            handed[0] = Terms.copyOf(old.worker().onSuspend(old.self()));
        });
        if (!current) {
            return false;
        }
        if (mine.failure != null && target != null && old.provider().present()) {
            LOG.error(
                    "{} stays with {}, which failed to hand over to {}: {}",
                    this,
                    old.provider(),
                    target,
                    mine.failure);
            synchronized (this) {
                refused = target;
            }
            return false;
        }
        if (mine.failure != null) {
            end(mine.failure);
            return false;
        }
        synchronized (this) {
            if (turn != mine) {
                return false;
            }
            behaviour = null;
            state = handed[0];
        }
        leave(old.provider());
        return true;
    }

    /** Its code is out: nothing of it may have rights here, or wait here. */
    private void leave(Provider provider) {
        succeed();
        failBack(provider);
        synchronized (this) {
            using = null;
        }
        provider.leave(this);
    }

    /** Begins another life. When this returns, all handles of the one before are fenced off. */
    private void succeed() {
        kernel.ledger.succeed(this);
    }

    private void failBack(Provider provider) {
        ClassLoader loader = provider.code().loader();
        List<Envelope> lost = new ArrayList<>();
        synchronized (this) {
            mailbox.removeIf(message -> message.carries(loader) && lost.add(message));
            timers.values()
                    .removeIf(timer ->
                            timer.message.carries(loader) && timer.firing.cancel(false) && lost.add(timer.message));
        }
        for (Envelope message : lost) {
            PendingCall call = callOf(message);
            if (call == null) {
                LOG.warn(
                        "{} drops a message that holds an object of {}, which was replaced. Send terms.",
                        this,
                        provider);
            } else {
                call.fail("The request to " + this + " holds an object of " + provider
                        + ", which was replaced before it was handled. Send terms, or types of a bundle that stays.");
            }
        }
    }

    private void waitForModule() {
        synchronized (this) {
            if (!started.isDone()) {
                end(new ExitReason.ModuleAbsent(module.name, Duration.ZERO));
            } else if (failure != null) {
                end(failure);
            } else if (last != null && last.uninstalled()) {
                end(new ExitReason.ModuleUninstalled(module.name, last.info.symbolicName()));
            } else if (absence == null) {
                LOG.info("{} is suspended: its module has left with {}", this, last);
                absence = kernel.scheduler.after(
                        spec.absenceLimit(), () -> end(new ExitReason.ModuleAbsent(module.name, spec.absenceLimit())));
            }
        }
    }

    /** A new worker starts, or takes over. */
    private void begin(Turn mine, Provider target) {
        boolean first = !started.isDone();
        Version from = first || last == null ? target.version() : last.version();
        boolean current = run(mine, first ? Turn.Stage.START : Turn.Stage.RESUME, null, () -> {
            Worker worker = target.newWorker();
            ProcessLife now = life;
            Behaviour next = new Behaviour(worker, target, now, new SelfView(kernel, this, now));
            synchronized (this) {
                if (turn != mine) {
                    return;
                }
                behaviour = next;
                last = target;
            }
            enterCode(worker);
            if (first) {
                worker.onStart(next.self(), spec.argument());
            } else {
                worker.onResume(next.self(), new Handover(spec.argument(), state, from));
            }
        });
        if (!current) {
            return;
        }
        if (mine.failure == null) {
            begun(from, target, first);
        } else {
            synchronized (this) {
                behaviour = null;
            }
            notBegun(target, mine.failure, first);
            leave(target);
        }
    }

    private void begun(Version from, Provider target, boolean first) {
        synchronized (this) {
            state = null;
            failure = null;
            if (absence != null) {
                absence.cancel(false);
                absence = null;
            }
        }
        if (first) {
            started.complete(null);
        } else {
            LOG.info("{} runs {} now, and ran version {} before", this, target, from);
            kernel.services.resumed(this);
        }
    }

    private synchronized void notBegun(Provider target, ExitReason reason, boolean first) {
        if (first) {
            end(reason);
            return;
        }
        LOG.error("{} failed to resume with {}: {}", this, target, reason);
        refused = target;
        failure = reason;
        swapWanted = true;
    }

    /** Its last code's bundle is gone for good. */
    void uninstalled(long bundleId) {
        synchronized (this) {
            if (last == null || last.info.bundleId() != bundleId) {
                return;
            }
            last.setUninstalled();
            if (behaviour == null && started.isDone() && module.best(null) == null) {
                end(new ExitReason.ModuleUninstalled(module.name, last.info.symbolicName()));
            }
        }
    }

    // Fencing

    /** The same, but a handler that wishes something of its own process is not in its own way: it may take its time. */
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
            Duration grace = using == null ? Provider.DEFAULT_GRACE : using.grace;
            kernel.scheduler.after(grace, () -> fence(now, handler, grace));
        }
    }

    private void fence(Turn late, long handler, Duration grace) {
        Turn.Stage stage;
        PendingCall call;
        Provider code;
        synchronized (this) {
            stage = late.stage;
            if (dead || turn != late || late.handler != handler || stage == null) {
                return;
            }
            takeTurn(late);
            call = late.call;
            code = using;
            behaviour = null;
        }
        String what = stage.handler + " did not come back within " + grace.toMillis() + " ms";
        LOG.error("{} is fenced off from its thread '{}': {}", this, late.thread.getName(), what);
        if (call != null) {
            close(call);
            call.fail(this + " was fenced off from the handler of this request: it did not come back within "
                    + grace.toMillis() + " ms after it was asked to.");
        }
        if (code != null) {
            leave(code);
        }
        ExitReason stuck = new ExitReason.Stuck(stage.handler, grace);
        synchronized (this) {
            if (dead) {
                return;
            }
            if (exitWanted == null) {
                swapWanted = true;
                if (stage == Turn.Stage.START) {
                    exitWanted = stuck;
                } else if (stage == Turn.Stage.RESUME) {
                    refused = code;
                    failure = stuck;
                }
            }
            schedule();
        }
    }

    /** Under the monitor: the turn's thread is a zombie from now on. */
    private void takeTurn(Turn from) {
        turn = null;
        if (from.stage != null && from.thread != Thread.currentThread()) {
            fenced++;
            from.thread.interrupt();
        }
    }

    // The end

    private void stop(Turn mine, ExitReason reason) {
        Behaviour now;
        synchronized (this) {
            now = behaviour;
        }
        if (now != null) {
            boolean current = run(mine, Turn.Stage.STOP, null, () -> {
                enterCode(now.worker());
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
        Provider code;
        Collection<Envelope> unread;
        Collection<PendingCall> unanswered;
        List<String> free;
        synchronized (this) {
            if (dead) {
                return;
            }
            dead = true;
            turn = null;
            code = using;
            using = null;
            behaviour = null;
            state = null;
            unread = List.copyOf(mailbox);
            mailbox.clear();
            unanswered = List.copyOf(open.values());
            open.clear();
            timers.values().forEach(timer -> timer.firing.cancel(false));
            timers.clear();
            free = List.copyOf(names);
            if (absence != null) {
                absence.cancel(false);
            }
        }
        log(reason);
        directory.remove(this, free);
        kernel.ledger.end(this::life);
        if (code != null) {
            code.leave(this);
        }
        module.leave(this);

        ProcessExitedException gone = new ProcessExitedException(this + " ended before it answered: " + reason, reason);
        unread.stream()
                .map(KernelProcess::callOf)
                .filter(call -> call != null)
                .forEach(call -> call.reply.completeExceptionally(gone));
        unanswered.forEach(call -> call.reply.completeExceptionally(gone));
        started.completeExceptionally(gone);
        relations.ended(this, reason, kernel.scheduler);
        kernel.services.withdraw(this);
    }

    private void log(ExitReason reason) {
        if (reason.expected()) {
            LOG.debug("{} ended: {}", this, reason);
        } else if (reason instanceof ExitReason.Crashed crashed) {
            LOG.error("{} {}", this, crashed.stackTrace().isEmpty() ? crashed : "crashed: " + crashed.stackTrace());
        } else {
            LOG.warn("{} ended: {}", this, reason);
        }
    }

    // What the worker sets up

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

    /** The interfaces that its present code answers; none while there is no code. */
    synchronized List<Class<?>> services() {
        return behaviour == null ? List.of() : behaviour.provider().code().services();
    }

    /** How long a call of its services may take. */
    synchronized Duration callTimeout() {
        return last == null ? Duration.ofMillis(WorkerModule.DEFAULT_TIMEOUT_MS) : last.timeout;
    }

    synchronized boolean isDead() {
        return dead;
    }

    /** A monitor on somebody who was gone already. */
    void down(long monitor, Pid other) {
        post(new Envelope.Told(new Signal.Down(monitor, other, ExitReason.NO_PROCESS)));
    }

    synchronized void setTimer(long id, Duration delay, Object message) {
        if (!dead) {
            Envelope cast = new Envelope.Cast(message);
            timers.put(id, new Timer(cast, kernel.scheduler.after(delay, () -> fire(id))));
        }
    }

    private synchronized void fire(long id) {
        Timer timer = timers.remove(id);
        if (timer != null) {
            post(timer.message);
        }
    }

    synchronized boolean cancelTimer(long id) {
        Timer timer = timers.remove(id);
        return timer != null && timer.firing.cancel(false);
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + module.name + ")";
    }
}
