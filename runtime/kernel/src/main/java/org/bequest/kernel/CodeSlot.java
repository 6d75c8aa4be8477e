// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Signal;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a process's code is put in and taken out. */
final class CodeSlot {
    /* How it works. The slot is empty (not started yet, or suspended) or holds a behaviour. A change is made by the thread
     * that has the process's turn, between two messages: the worker hands its state over and is taken out, its life ends
     * and with it its rights, and a worker of the best provider is put in with that state. If it fails to take over it is
     * taken out again, its provider is refused, and the change starts over from the empty slot: so the process goes back to
     * the provider before if that is still there, and crashes if there is none.
     * The best provider is the one of the version that the process is pinned to, else the highest. Who pins is told when
     * there is nothing to change any more; a pin that could not be followed is as if it had not been.
     * A turn may be lost at any plugin call (see KernelProcess, fencing); whoever took it has emptied the slot then.
     * All fields are guarded by the process.
     * Why: docs/decisions/0003-a-process-takes-turns.md
     */
    private static final Logger LOG = LoggerFactory.getLogger(CodeSlot.class);

    private final KernelProcess process;
    private final @Nullable Object argument;
    private final Duration absenceLimit;

    private @Nullable Behaviour behaviour;
    /** The code that the process has entered; set a little before the behaviour, and for longer. */
    private volatile @Nullable Provider using;
    /** The code that it ran last, or runs. */
    private @Nullable Provider last;
    /** The version to run if it is there. */
    private @Nullable Version pin;
    /** Null while all is as it should be. */
    private @Nullable Interim interim;

    private boolean started;

    /** What there is to remember as long as there is no code, or not the code that somebody wanted. */
    private static final class Interim {
        /** The code that it failed to go over to, as long as there is a way back, and how. Replaced as a whole. */
        Map<Provider, ExitReason> refused = Map.of();
        /** How it failed last, while there is no code. */
        @Nullable
        ExitReason failure;
        /** Pins that were not reported to who set them, in that order. */
        List<Pin> pins = List.of();
        /** What the last worker handed over, while there is no next one. */
        @Nullable
        Object state;
        /** The class loader of the code that left the slot empty. */
        WeakReference<@Nullable ClassLoader> left = new WeakReference<>(null);
        /** Ends the process. */
        @Nullable
        ScheduledFuture<?> absence;

        /** While there is code. */
        boolean isOver() {
            return refused.isEmpty() && failure == null && pins.isEmpty() && state == null && absence == null;
        }
    }

    /** @param before what it was pinned to */
    private record Pin(
            KernelProcess by,
            @Nullable Version version,
            @Nullable Version before) {}

    CodeSlot(KernelProcess process, ProcessSpec spec, @Nullable Version pin) {
        this.process = process;
        this.argument = spec.argument();
        this.absenceLimit = spec.absenceLimit();
        this.pin = pin;
    }

    private Interim interim() {
        if (interim == null) {
            interim = new Interim();
        }
        return interim;
    }

    private void tidyUp() {
        if (behaviour != null && interim != null && interim.isOver()) {
            interim = null;
        }
    }

    private Map<Provider, ExitReason> refused() {
        return interim == null ? Map.of() : interim.refused;
    }

    /** Whether it has ever had code that began. */
    boolean started() {
        return started;
    }

    @Nullable
    Behaviour behaviour() {
        return behaviour;
    }

    /** The code that it runs, or else last ran. */
    @Nullable
    Provider last() {
        return last;
    }

    /** Whether the process has entered that code and not left it. Takes no monitor. */
    boolean uses(Provider provider) {
        return using == provider;
    }

    /** Whether the next turn may block. Takes the monitor if there is no code. */
    boolean blocking() {
        Provider next = using;
        if (next == null) {
            synchronized (process) {
                next = best();
            }
        }
        return next != null && next.blocking;
    }

    /** The grace time of the code that is in. */
    Duration grace() {
        Provider entered = using;
        return entered == null ? Provider.DEFAULT_GRACE : entered.grace;
    }

    /** Whether there is reason to change: the code is leaving, or there is better. */
    boolean isStale() {
        return behaviour == null || !behaviour.provider().present() || behaviour.provider() != best();
    }

    private @Nullable Provider best() {
        return process.module.best(pin, refused().keySet());
    }

    /** Changes code if there is reason to. In that turn. */
    void change(Turn mine) {
        Behaviour old;
        Provider target;
        synchronized (process) {
            old = behaviour;
            boolean noWayBack = old != null && !old.provider().present();
            forget(provider -> noWayBack || !provider.present());
            target = best();
        }
        if (old != null && (target == old.provider() || !suspend(mine, old, target))) {
            return;
        }
        if (target == null) {
            waitForModule(mine);
        } else if (enter(mine, target)) {
            begin(mine, target);
        } else {
            process.reconsider();
        }
    }

    /** Returns false if the process keeps its code, exits, or lost its turn. */
    private boolean suspend(Turn mine, Behaviour old, @Nullable Provider target) {
        Object[] handed = new Object[1];
        boolean current = mine.run(Turn.Stage.SUSPEND, () -> {
            old.enter();
            handed[0] = Terms.copyOf(old.worker().onSuspend(old.self()));
        });
        if (!current) {
            return false;
        }
        if (mine.failure != null && target != null && old.provider().present()) {
            LOG.error(
                    "{} stays with {}, which failed to hand over to {}: {}",
                    process,
                    old.provider(),
                    target,
                    mine.failure);
            synchronized (process) {
                refuse(target, mine.failure);
                process.reconsider();
            }
            return false;
        }
        if (mine.failure != null) {
            process.end(mine.failure);
            return false;
        }
        synchronized (process) {
            if (!process.has(mine)) {
                return false;
            }
            takeOut();
            interim().state = handed[0];
        }
        leave(old.provider());
        return true;
    }

    private void takeOut() {
        Provider entered = using;
        behaviour = null;
        interim().left = new WeakReference<>(entered == null ? null : entered.loader());
    }

    /** The class loader of the code that has left while there is none in its place; null if it left nothing. */
    @Nullable
    ClassLoader left() {
        return behaviour == null && interim != null ? interim.left.get() : null;
    }

    /** The code is out: nothing of it may have rights here, or wait here. When this returns, its life is fenced off. */
    private void leave(Provider provider) {
        Life before = process.life();
        process.kernel.ledger.succeed(process);
        before.forget();
        process.failBack(provider);
        synchronized (process) {
            if (using != provider) {
                return; // The process is dead: whoever ends it leaves.
            }
            using = null;
        }
        provider.leave();
    }

    private boolean enter(Turn mine, Provider target) {
        synchronized (process) {
            if (!process.has(mine) || !target.enter()) {
                return false;
            }
            using = target;
            if (interim != null && interim.absence != null) {
                interim.absence.cancel(false);
                interim.absence = null;
            }
            return true;
        }
    }

    private void waitForModule(Turn mine) {
        boolean awaited = process.isAwaited();
        boolean expected = !awaited || process.kernel.modules.isAnnounced(process.module.name);
        boolean news = false;
        synchronized (process) {
            if (!process.has(mine)) {
                return;
            }
            if (!started && !expected) {
                process.end(new ExitReason.ModuleAbsent(process.module.name, Duration.ZERO));
            } else if (interim().failure != null) {
                process.end(interim().failure);
            } else if (last != null && last.uninstalled()) {
                process.end(uninstalled(last));
            } else if (interim().absence == null) {
                news = !started;
                Duration limit = news && awaited ? Provider.DEFAULT_GRACE : absenceLimit;
                LOG.info("{} waits for its module, which it {}", process, news ? "never had" : "last had from " + last);
                interim().absence = process.kernel.scheduler.after(
                        limit, () -> process.end(new ExitReason.ModuleAbsent(process.module.name, limit)));
            }
        }
        if (news) {
            process.waitsForModule();
        }
    }

    private void begin(Turn mine, Provider target) {
        boolean first = !started;
        Version from = last == null ? target.version() : last.version();
        Object state;
        synchronized (process) {
            state = interim == null ? null : interim.state;
        }
        boolean current = mine.run(first ? Turn.Stage.START : Turn.Stage.RESUME, () -> {
            Behaviour next = Behaviour.of(process, target);
            synchronized (process) {
                if (!process.has(mine)) {
                    return;
                }
                process.sift();
                behaviour = next;
            }
            next.enter();
            if (first) {
                next.worker().onStart(next.self(), argument);
            } else {
                next.worker().onResume(next.self(), new Handover(argument, state, from));
            }
        });
        if (current && mine.failure == null) {
            begun(from, target, first);
        } else if (current) {
            notBegun(target, mine.failure, first);
        }
    }

    private void begun(Version from, Provider target, boolean first) {
        synchronized (process) {
            last = target;
            started = true;
            if (interim != null) {
                interim.state = null;
                interim.failure = null;
                tidyUp();
            }
        }
        if (!first) {
            LOG.info("{} runs {} now, and ran version {} before", process, target, from);
        }
        if (process.isReady()) {
            process.kernel.services.resumed(process);
        } else {
            process.getReady();
        }
    }

    private void notBegun(Provider target, ExitReason reason, boolean first) {
        synchronized (process) {
            takeOut();
        }
        leave(target);
        synchronized (process) {
            if (first) {
                process.end(reason);
            } else {
                failedToResume(target, reason);
            }
        }
    }

    private void failedToResume(Provider target, ExitReason reason) {
        LOG.error("{} failed to resume with {}: {}", process, target, reason);
        refuse(target, reason);
        interim().failure = reason;
        process.reconsider();
    }

    private void refuse(Provider target, ExitReason reason) {
        Map<Provider, ExitReason> more = new HashMap<>(refused());
        more.put(target, reason);
        interim().refused = Map.copyOf(more);
        for (Pin missed : interim().pins) {
            if (target.version().equals(missed.version) && target.version().equals(pin)) {
                pin = missed.before;
            }
        }
    }

    private void forget(Predicate<Provider> which) {
        if (refused().keySet().stream().anyMatch(which)) {
            Map<Provider, ExitReason> fewer = new HashMap<>(refused());
            fewer.keySet().removeIf(which);
            interim().refused = Map.copyOf(fewer);
            tidyUp();
        }
    }

    /** It is to run that version; one that it failed to go over to is tried again. */
    void pin(KernelProcess by, @Nullable Version version) {
        forget(provider -> provider.version().equals(version));
        List<Pin> more = new ArrayList<>(interim().pins);
        more.add(new Pin(by, version, pin));
        interim().pins = more;
        pin = version;
    }

    /** Tells those who pinned what has become of it, if that is clear. Not under the monitor. */
    void reportPins() {
        List<Runnable> reports = new ArrayList<>();
        synchronized (process) {
            if (interim == null || interim.pins.isEmpty()) {
                return;
            }
            boolean settled = !process.isChanging()
                    && (behaviour == null ? best() == null : behaviour.provider() == last && !isStale());
            Version now = behaviour == null ? null : behaviour.provider().version();
            List<Pin> open = new ArrayList<>();
            for (Pin one : interim.pins) {
                if (settled || !process.module.offers(one.version)) {
                    Envelope report = new Envelope.Told(new Signal.Switched(process.pid, now, missed(one, now)));
                    reports.add(() -> one.by.post(report));
                } else {
                    open.add(one);
                }
            }
            interim.pins = open;
            tidyUp();
        }
        reports.forEach(Runnable::run);
    }

    /** Why it does not run that version; null if it does. */
    private @Nullable ExitReason missed(Pin one, @Nullable Version now) {
        Provider meant = process.module.best(one.version, Set.of());
        if (now != null && now.equals(one.version)) {
            return null;
        }
        if (meant != null && now != null && one.version == null) {
            return refused().get(meant);
        }
        if (meant != null && meant.version().equals(one.version)) {
            return refused().getOrDefault(meant, new ExitReason.Shutdown("was pinned to " + pin + " since"));
        }
        String absent = one.version == null ? process.module.name : process.module.name + " " + one.version;
        return new ExitReason.ModuleAbsent(absent, Duration.ZERO);
    }

    /**
     * The turn was taken from code that did not come back in that stage: takes it out by force, without a state. When this
     * returns, its life is fenced off.
     */
    void evict(Turn.Stage stage) {
        Provider code;
        Duration grace;
        synchronized (process) {
            code = using;
            grace = grace();
            takeOut();
        }
        if (code != null) {
            leave(code);
        }
        ExitReason stuck = new ExitReason.Stuck(stage.handler, grace);
        synchronized (process) {
            if (stage == Turn.Stage.START) {
                process.end(stuck);
            } else if (stage == Turn.Stage.RESUME && code != null) {
                failedToResume(code, stuck);
            } else {
                process.reconsider();
            }
        }
    }

    /** The process is dead: lets go of everything. Returns the code that it was using, for it to leave. */
    @Nullable
    Provider clear() {
        Provider code = using;
        using = null;
        behaviour = null;
        if (interim != null && interim.absence != null) {
            interim.absence.cancel(false);
        }
        interim = null;
        return code;
    }

    /** A bundle is gone for good: if it was the last with this code, there is nothing to wait for. */
    void uninstalled(long bundleId) {
        if (last != null && last.info.bundleId() == bundleId) {
            last.setUninstalled();
            if (behaviour == null && started && !process.module.offers(null)) {
                process.end(uninstalled(last));
            }
        }
    }

    private ExitReason uninstalled(Provider provider) {
        return new ExitReason.ModuleUninstalled(process.module.name, provider.info.symbolicName());
    }
}
