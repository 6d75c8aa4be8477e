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

    private final Kernel kernel;
    private final KernelProcess process;
    private final ProcessSpec spec;

    private @Nullable Behaviour behaviour;
    /** The code that the process has entered; set a little before the behaviour, and for longer. */
    private @Nullable Provider using;
    /** The code that it ran last, or runs. */
    private @Nullable Provider last;
    /** The code that it failed to go over to, as long as there is a way back, and how. Replaced as a whole. */
    private Map<Provider, ExitReason> refused = Map.of();
    /** How it failed last, while there is no code. */
    private @Nullable ExitReason failure;
    /** The version to run if it is there. */
    private @Nullable Version pin;
    /** Pins that were not reported to who set them, in that order; null if there are none. */
    private @Nullable List<Pin> pins;
    /** What the last worker handed over, while there is no next one. */
    private @Nullable Object state;

    /** The class loader of the code that left the slot empty. */
    private WeakReference<@Nullable ClassLoader> left = new WeakReference<>(null);

    private boolean started;
    private @Nullable ScheduledFuture<?> absence;

    /** @param before what it was pinned to */
    private record Pin(
            KernelProcess by,
            @Nullable Version version,
            @Nullable Version before) {}

    CodeSlot(Kernel kernel, KernelProcess process, ProcessSpec spec, @Nullable Version pin) {
        this.kernel = kernel;
        this.process = process;
        this.spec = spec;
        this.pin = pin;
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

    /** Whether the next turn may block. */
    boolean blocking() {
        Provider next = using == null ? best() : using;
        return next != null && next.blocking;
    }

    /** The grace time of the code that is in. */
    Duration grace() {
        return using == null ? Provider.DEFAULT_GRACE : using.grace;
    }

    /** Whether there is reason to change: the code is leaving, or there is better. */
    boolean isStale() {
        return behaviour == null || !behaviour.provider().present() || behaviour.provider() != best();
    }

    private @Nullable Provider best() {
        return process.module.best(pin, refused.keySet());
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
        boolean current = process.run(mine, Turn.Stage.SUSPEND, null, () -> {
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
            state = handed[0];
            takeOut();
        }
        leave(old.provider());
        return true;
    }

    private void takeOut() {
        behaviour = null;
        left = new WeakReference<>(using == null ? null : using.loader());
    }

    /** Whether that message holds an object of code that has left while there is none in its place. */
    boolean isOfLeftCode(Envelope message) {
        ClassLoader loader = behaviour == null ? left.get() : null;
        return loader != null && message.carries(loader);
    }

    /** The code is out: nothing of it may have rights here, or wait here. When this returns, its life is fenced off. */
    private void leave(Provider provider) {
        Life before = process.life();
        kernel.ledger.succeed(process);
        before.forget();
        process.failBack(provider);
        synchronized (process) {
            using = null;
        }
        provider.leave(process);
    }

    private boolean enter(Turn mine, Provider target) {
        boolean entered = target.enter(process);
        synchronized (process) {
            if (entered && process.has(mine)) {
                using = target;
                if (absence != null) {
                    absence.cancel(false);
                    absence = null;
                }
                return true;
            }
        }
        if (entered) {
            target.leave(process);
        }
        return false;
    }

    private void waitForModule(Turn mine) {
        boolean awaited = process.isAwaited();
        boolean expected = !awaited || kernel.modules.isAnnounced(spec.module());
        boolean news = false;
        synchronized (process) {
            if (!process.has(mine)) {
                return;
            }
            if (!started && !expected) {
                process.end(new ExitReason.ModuleAbsent(spec.module(), Duration.ZERO));
            } else if (failure != null) {
                process.end(failure);
            } else if (last != null && last.uninstalled()) {
                process.end(uninstalled(last));
            } else if (absence == null) {
                news = !started;
                Duration limit = news && awaited ? Provider.DEFAULT_GRACE : spec.absenceLimit();
                LOG.info("{} waits for its module, which it {}", process, news ? "never had" : "last had from " + last);
                absence = kernel.scheduler.after(
                        limit, () -> process.end(new ExitReason.ModuleAbsent(spec.module(), limit)));
            }
        }
        if (news) {
            process.waitsForModule();
        }
    }

    private void begin(Turn mine, Provider target) {
        boolean first = !started;
        Version from = last == null ? target.version() : last.version();
        boolean current = process.run(mine, first ? Turn.Stage.START : Turn.Stage.RESUME, null, () -> {
            Behaviour next = Behaviour.of(kernel, process, target);
            synchronized (process) {
                if (!process.has(mine)) {
                    return;
                }
                behaviour = next;
            }
            next.enter();
            if (first) {
                next.worker().onStart(next.self(), spec.argument());
            } else {
                next.worker().onResume(next.self(), new Handover(spec.argument(), state, from));
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
            state = null;
            failure = null;
            started = true;
        }
        if (!first) {
            LOG.info("{} runs {} now, and ran version {} before", process, target, from);
        }
        if (process.isReady()) {
            kernel.services.resumed(process);
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
        failure = reason;
        process.reconsider();
    }

    private void refuse(Provider target, ExitReason reason) {
        Map<Provider, ExitReason> more = new HashMap<>(refused);
        more.put(target, reason);
        refused = Map.copyOf(more);
        if (pins != null) {
            for (Pin missed : pins) {
                if (target.version().equals(missed.version) && target.version().equals(pin)) {
                    pin = missed.before;
                }
            }
        }
    }

    private void forget(Predicate<Provider> which) {
        if (refused.keySet().stream().anyMatch(which)) {
            Map<Provider, ExitReason> fewer = new HashMap<>(refused);
            fewer.keySet().removeIf(which);
            refused = Map.copyOf(fewer);
        }
    }

    /** It is to run that version; one that it failed to go over to is tried again. */
    void pin(KernelProcess by, @Nullable Version version) {
        forget(provider -> provider.version().equals(version));
        if (pins == null) {
            pins = new ArrayList<>(1);
        }
        pins.add(new Pin(by, version, pin));
        pin = version;
    }

    /** Tells those who pinned what has become of it, if that is clear. Not under the monitor. */
    void reportPins() {
        List<Runnable> reports = new ArrayList<>();
        synchronized (process) {
            if (pins == null) {
                return;
            }
            boolean settled = !process.isChanging()
                    && (behaviour == null ? best() == null : behaviour.provider() == last && !isStale());
            Version now = behaviour == null ? null : behaviour.provider().version();
            List<Pin> open = new ArrayList<>();
            for (Pin one : pins) {
                if (settled || !process.module.offers(one.version)) {
                    Envelope report = new Envelope.Told(new Signal.Switched(process.pid, now, missed(one, now)));
                    reports.add(() -> one.by.post(report));
                } else {
                    open.add(one);
                }
            }
            pins = open.isEmpty() ? null : open;
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
            return refused.get(meant);
        }
        if (meant != null && meant.version().equals(one.version)) {
            return refused.getOrDefault(meant, new ExitReason.Shutdown("was pinned to " + pin + " since"));
        }
        String absent = one.version == null ? spec.module() : spec.module() + " " + one.version;
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
        state = null;
        refused = Map.of();
        pins = null;
        if (absence != null) {
            absence.cancel(false);
        }
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
        return new ExitReason.ModuleUninstalled(spec.module(), provider.info.symbolicName());
    }
}
