// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;

/** A process's timers. They fire into its mailbox. Guarded by the process. */
final class Timers {
    private record Timer(Envelope message, ScheduledFuture<?> firing) {}

    private final Map<Long, Timer> timers = new HashMap<>();

    void set(KernelProcess process, Scheduler scheduler, long number, Duration delay, Object message) {
        Envelope cast = new Envelope.Cast(message);
        timers.put(number, new Timer(cast, scheduler.after(delay, () -> fire(process, number))));
    }

    private void fire(KernelProcess process, long number) {
        synchronized (process) {
            Timer timer = timers.remove(number);
            if (timer != null) {
                process.post(timer.message);
            }
        }
    }

    /** Returns whether it was still to fire. */
    boolean cancel(long number) {
        Timer timer = timers.remove(number);
        return timer != null && timer.firing.cancel(false);
    }

    /** Cancels those whose messages are meant, and returns these. */
    List<Envelope> cancel(Predicate<Envelope> meant) {
        List<Envelope> cancelled = new ArrayList<>();
        timers.values().removeIf(timer -> {
            if (!meant.test(timer.message)) {
                return false;
            }
            timer.firing.cancel(false);
            return cancelled.add(timer.message);
        });
        return cancelled;
    }
}
