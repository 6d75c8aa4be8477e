// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.bequest.process.CallFailedException;
import org.jspecify.annotations.Nullable;

/** A call that waits for its reply. The first answer counts. */
final class PendingCall {
    private static final AtomicLong LAST = new AtomicLong();

    final long ref = LAST.incrementAndGet();
    private final Object from;
    /** What the method of a living service returns; null if the call is of no method. */
    final @Nullable Class<?> returns;

    final CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();

    /** Whether its handler may have returned before it was answered. Set before it is asked whether it was. */
    volatile boolean outlived;

    /** Whether the worker answers later than its method returns. Only the thread that runs the method asks and says so. */
    boolean deferred;

    /** @param from who asks: a text, or what has one */
    PendingCall(Object from, @Nullable Class<?> returns) {
        this.from = from;
        this.returns = returns;
    }

    String from() {
        return from.toString();
    }

    void answer(@Nullable Object value) {
        if (returns == null || Foreign.fits(value, returns)) {
            reply.complete(value);
        } else {
            fail("The reply to " + from + " is "
                    + (value == null ? "null" : "a " + value.getClass().getName()) + ", but the method returns "
                    + returns.getName());
        }
    }

    @Override
    public String toString() {
        return from();
    }

    void fail(String message) {
        reply.completeExceptionally(new CallFailedException(message));
    }
}
