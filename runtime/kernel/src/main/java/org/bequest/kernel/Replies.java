// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bequest.process.CallFailedException;
import org.bequest.process.CallTimeoutException;
import org.bequest.process.ProcessExitedException;
import org.jspecify.annotations.Nullable;

/** Waiting for the reply to a call. */
final class Replies {
    private Replies() {}

    /** @throws IllegalStateException if it is the process's own turn that waits: then there would never be a reply */
    static void checkNotSelf(KernelProcess process) {
        if (process.runsHere()) {
            throw new IllegalStateException(
                    process
                            + " calls itself and would wait for ever. Call the method directly, or cast a message to do it later.");
        }
    }

    /** Waits for the reply, and throws what the call failed with, as an exception of the present thread. */
    static @Nullable Object await(Scheduler scheduler, KernelProcess process, PendingCall call, Duration timeout) {
        long nanos = Scheduler.nanos(timeout);
        boolean replaced = scheduler.beginWait(call.reply, nanos);
        try {
            return call.reply.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new CallTimeoutException(process + " did not answer " + call.from() + " within " + timeout.toMillis()
                    + " ms. It may still do what it was asked to.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailedException(
                    call.from() + " was interrupted while it waited for " + process + " to answer");
        } catch (ExecutionException failed) {
            throw Replies.<RuntimeException>unchecked(here(failed.getCause()));
        } finally {
            if (call.reply.cancel(false)) {
                process.close(call); // It was not answered, and nobody waits for it any more.
            }
            if (replaced) {
                scheduler.endWait();
            }
        }
    }

    /** Ours are made anew, since their stack trace should be the caller's; others are what a service's method threw. */
    private static Throwable here(Throwable failure) {
        if (failure instanceof ProcessExitedException exited) {
            return new ProcessExitedException(exited.getMessage(), exited.reason());
        }
        return failure instanceof CallFailedException ? new CallFailedException(failure.getMessage()) : failure;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
