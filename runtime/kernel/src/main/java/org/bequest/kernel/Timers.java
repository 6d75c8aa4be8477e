// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;

/** A process's timers. They fire into its mailbox. Guarded by the process. */
final class Timers {
    private record Timer(long number, Envelope message, ScheduledFuture<?> firing) {}

    private Map<Long, Timer> timers = Map.of();

    void set(KernelProcess process, Scheduler scheduler, long number, Duration delay, Object message) {
        Envelope cast = new Envelope.Cast(message);
        Timer timer = new Timer(number, cast, scheduler.after(delay, () -> fire(process, number)));
        timers = Few.with(timers, number, timer);
    }

    private void fire(KernelProcess process, long number) {
        synchronized (process) {
            Timer timer = timers.get(number);
            if (timer != null) {
                timers = Few.without(timers, number);
                process.post(timer.message);
            }
        }
    }

    /** Returns whether it was still to fire. */
    boolean cancel(long number) {
        Timer timer = timers.get(number);
        timers = Few.without(timers, number);
        return timer != null && timer.firing.cancel(false);
    }

    /** Cancels those whose messages are meant, and returns these. */
    List<Envelope> cancel(Predicate<Envelope> meant) {
        List<Envelope> cancelled = new ArrayList<>();
        for (Timer timer : List.copyOf(timers.values())) {
            if (meant.test(timer.message)) {
                cancel(timer.number);
                cancelled.add(timer.message);
            }
        }
        return cancelled;
    }
}
