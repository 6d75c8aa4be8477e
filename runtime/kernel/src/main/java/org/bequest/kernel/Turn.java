// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread's turn at a process: while it is the process's current one, that thread alone runs the worker and changes what
 * the worker may change. A turn that is taken away does not come back; its thread is a zombie then, and finds out when its
 * handler returns. All fields are guarded by the process, but for {@link #failure}, which is the turn's own.
 */
final class Turn {
    /* How it works. The thread takes one step after the other: exit if that is wanted, else change code if that is wanted,
     * else handle a message if there is code.
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
    /** What is being handled. */
    private @Nullable Envelope message;

    @Nullable
    ExitReason failure;

    /** For the present thread. */
    Turn(KernelProcess process) {
        this.process = process;
    }

    /** Takes its steps, until there is nothing to do, or it was taken away, or others are to have the thread. */
    void take() {
        try {
            int steps = 0;
            while (step(steps == SLICE)) {
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

    /**
     * Ends the step before, and takes the next one. Returns false if the turn is over.
     *
     * @param enough whether others are to have the thread
     */
    private boolean step(boolean enough) {
        ExitReason exit;
        Envelope next = null;
        Behaviour now;
        synchronized (process) {
            if (stage != null && end() && failure != null) {
                process.end(failure);
            }
            if (!process.has(this)) {
                return false;
            }
            if (enough) {
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
            Envelope taken = next;
            run(() -> now.handle(taken));
        }
        return true;
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
        PendingCall handled = call();
        stage = null;
        message = null;
        if (handled != null && process.has(this)) {
            process.mailbox.handled(handled);
        }
        return process.has(this);
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
        return message == null ? null : message.call();
    }

    /** How long ago what is being told happened. */
    Duration waited() {
        return message instanceof Envelope.Told told ? Duration.ofNanos(System.nanoTime() - told.since) : Duration.ZERO;
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
            process.close(of);
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
