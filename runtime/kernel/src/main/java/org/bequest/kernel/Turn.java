// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.bequest.process.ExitReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread's turn at a process: while it is the process's current one, that thread alone runs the worker and changes what
 * the worker may change. A turn that is taken away does not come back; its thread is a zombie then, and finds out when its
 * handler returns. All fields are guarded by the process, but for {@link #message}, which goes on without it, and for
 * those that are the turn's own.
 */
final class Turn {
    /* How it works. The thread takes one step after the other: exit if that is wanted, else change code if that is wanted,
     * else handle messages if there is code.
     *
     * A step is begun under the monitor. But through the messages that lie in the mailbox then, it goes without it, from one
     * to the next (goOn): it first says which one it is at, then looks whether it was recalled. Whoever wants something of the
     * process does so under the monitor and the other way round: he recalls the turn, then looks which message it is at
     * (recall). Between the two is a fence on either side. So either he sees the message, or the turn sees that it was recalled;
     * then it has not begun with the message, and comes to the monitor first. If both is so, it gives the message back there,
     * unless it was taken away. So no message is handled that others think is waiting, and none is lost, while the monitor is
     * taken twice for a backlog and not twice for each message. Who only asks how far it is does not recall it (queued).
     *
     * Fencing: a handler that is in the way for longer than its grace time loses its turn (fence). The turn is taken from it
     * first, then its life ends, so that no handle of it works; only then may another turn begin ("scheduled" stays set in
     * between). The thread is interrupted, and whatever it still does finds nothing to do it with.
     * Why: docs/decisions/0003-a-process-takes-turns.md
     */
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    /** How many steps a turn takes before others get the thread. */
    private static final int SLICE = 64;

    /** What the plugin is doing in this turn. */
    enum Stage {
        START("onStart", false),
        MESSAGE("a handler", false),
        SUSPEND("onSuspend", true),
        RESUME("onResume", true),
        STOP("onStop", true);

        final String handler;
        /** Whether somebody always waits for it, so that it has its grace time only. */
        final boolean bounded;

        Stage(String handler, boolean bounded) {
            this.handler = handler;
            this.bounded = bounded;
        }
    }

    /** A piece of a plugin's code. */
    interface Handler {
        void run() throws Exception;
    }

    private final KernelProcess process;
    private final Thread thread = Thread.currentThread();
    /** Null between two handlers. */
    private @Nullable Stage stage;
    /** Counts handlers, so that a grace time ends only the one that it was for. */
    private long handler;
    /** What is being handled; the thread goes on by itself, and then it leads to the next ones. */
    private @Nullable Envelope message;
    /** Whether the thread comes to the monitor before it handles another message. */
    private boolean recalled;
    /** What was being handled when it was recalled. */
    private @Nullable Envelope seen;

    // The thread's own.

    @Nullable
    ExitReason failure;

    private int steps;
    /** Whether it was recalled before it could begin with the message. */
    private boolean unbegun;

    /** For the present thread. */
    Turn(KernelProcess process) {
        this.process = process;
    }

    /** Takes its steps, until there is nothing to do, or it was taken away, or others are to have the thread. */
    void take() {
        try {
            while (step()) {
                steps++;
            }
        } catch (Throwable broken) {
            LOG.error("{} ends, since the kernel failed", process, broken);
            process.die(ExitReason.Crashed.of(broken));
        } finally {
            // An interrupt by fence came while the turn was current, and was meant for the handler.
            Thread.interrupted();
        }
    }

    /** Ends the step before, and takes the next one. Returns false if the turn is over. */
    private boolean step() {
        ExitReason exit;
        Envelope next = null;
        Behaviour now;
        synchronized (process) {
            if (steps == 0) {
                process.begin(this);
            }
            if (stage != null && end() && failure != null) {
                process.end(failure);
            }
            if (!process.has(this)) {
                return false;
            }
            if (steps >= SLICE) {
                process.giveWay();
                return false;
            }
            now = process.slot.behaviour();
            exit = process.exitWanted();
            if (exit == null && !process.takeChange()) {
                if (now == null) {
                    process.sift();
                } else {
                    next = process.mailbox.take();
                }
                if (next == null) {
                    process.rest();
                    return false;
                }
                begin(Stage.MESSAGE, next);
            }
        }
        if (exit != null) {
            stop(now, exit);
            return false;
        }
        if (next == null || now == null) {
            process.slot.change(this);
            process.slot.reportPins();
        } else {
            handle(now, next);
        }
        return true;
    }

    /** Handles that message, and those behind it, as long as nobody wants anything else. */
    private void handle(Behaviour now, Envelope first) {
        Envelope next = first;
        do {
            Envelope each = next;
            run(() -> now.handle(each));
            next = goOn(each);
            if (next == null && each.next == null && each.call() != null) {
                linger();
            }
        } while (next != null);
    }

    /** Who has his answer often asks again at once: then nobody has to be told that there is a message. */
    private void linger() {
        process.kernel.scheduler.glance(() -> recalled || process.mailbox.hasNew());
    }

    /** The next message, which is the turn's to handle now; null if that has to be asked under the monitor. */
    private @Nullable Envelope goOn(Envelope before) {
        Envelope next = before.next;
        PendingCall call = before.call();
        if (next == null || failure != null || call != null && !call.reply.isDone() || ++steps >= SLICE) {
            return null;
        }
        message = next;
        VarHandle.fullFence();
        if (recalled) {
            unbegun = true;
            return null;
        }
        before.next = null;
        return next;
    }

    private void stop(@Nullable Behaviour now, ExitReason reason) {
        if (now != null) {
            boolean current = run(Stage.STOP, () -> {
                now.enter();
                now.worker().onStop(now.self(), reason);
            });
            if (!current) {
                return;
            }
            if (failure != null) {
                LOG.warn("{} failed in onStop: {}", process, failure);
            }
        }
        process.die(reason);
    }

    /**
     * Runs code of the plugin. Returns false if the turn was taken away meanwhile: nothing may be touched then. Otherwise
     * {@link #failure} says how it failed, or null.
     */
    boolean run(Stage next, Handler code) {
        synchronized (process) {
            if (!process.has(this)) {
                return false;
            }
            begin(next, null);
        }
        run(code);
        synchronized (process) {
            return end();
        }
    }

    private void begin(Stage next, @Nullable Envelope of) {
        stage = next;
        handler++;
        message = of;
        recalled = false;
        seen = null;
        failure = null;
        if (next.bounded || process.isWanted()) {
            armGrace();
        }
    }

    private void run(Handler code) {
        try {
            code.run();
        } catch (Throwable thrown) {
            failure = ExitReason.Crashed.of(thrown);
        } finally {
            thread.setContextClassLoader(null);
        }
    }

    /** Returns false if the turn was taken away. */
    private boolean end() {
        if (message != null && process.has(this)) {
            leave(message);
        }
        stage = null;
        message = null;
        seen = null;
        return process.has(this);
    }

    private void leave(Envelope last) {
        PendingCall handled = last.call();
        if (unbegun) {
            unbegun = false;
            process.mailbox.goOnWith(last);
            return;
        }
        process.mailbox.goOnWith(last.next);
        last.next = null;
        if (handled != null) {
            process.mailbox.handled(handled);
        }
    }

    // For others, under the monitor

    /** Whether it is the present thread's. */
    boolean isHere() {
        return thread == Thread.currentThread();
    }

    /** Whether code is being put in or taken out, or told to stop. */
    boolean changes() {
        return stage != null && stage != Stage.MESSAGE;
    }

    @Nullable
    PendingCall call() {
        Envelope now = current();
        return now == null ? null : now.call();
    }

    private @Nullable Envelope current() {
        return recalled ? seen : message;
    }

    /** How many messages wait. */
    int queued() {
        Envelope at = message;
        return recalled || at == null ? process.mailbox.size() : process.mailbox.sizeBehind(at);
    }

    /** It comes to the monitor before it handles another message; what it has not begun lies in the mailbox until then. */
    void recall() {
        if (recalled) {
            return;
        }
        recalled = true;
        VarHandle.fullFence();
        seen = message;
        if (seen != null) {
            process.mailbox.goOnWith(seen.next);
        }
    }

    /** How long ago what is being told happened. */
    Duration waited() {
        return current() instanceof Envelope.Told told
                ? Duration.ofNanos(System.nanoTime() - told.since)
                : Duration.ZERO;
    }

    /** It is taken away: its thread may hold its message for ever, but none that lay behind it. */
    void lose() {
        recall();
        if (seen != null) {
            seen.next = null;
        }
    }

    /** Whether a handler runs in it, on another thread than the present one: if it is taken away, that is a zombie. */
    boolean isElsewhere() {
        return stage != null && !isHere();
    }

    /** Gives the handler that runs, if there is one, its grace time from now. */
    void armGrace() {
        if (stage != null) {
            long late = handler;
            Duration grace = process.slot.grace();
            process.kernel.scheduler.after(grace, () -> fence(late, grace));
        }
    }

    private void fence(long late, Duration grace) {
        Stage in;
        PendingCall of;
        synchronized (process) {
            in = stage;
            of = call();
            if (!process.has(this) || handler != late || in == null) {
                return;
            }
            process.takeTurn();
        }
        String overdue = "did not come back within " + grace.toMillis() + " ms after it had to";
        LOG.error("{} is fenced off from thread '{}': {} {}", process, thread.getName(), in.handler, overdue);
        process.slot.evict(in);
        interrupt();
        if (of != null) {
            of.fail(process + " was fenced off from the handler of this request: it " + overdue
                    + ". The process goes on.");
        }
        process.nextTurn();
    }

    /** Wakes a zombie, once its life is over: before that, it could still do something about it. */
    void interrupt() {
        synchronized (process) {
            if (isElsewhere()) {
                thread.interrupt();
            }
        }
    }
}
