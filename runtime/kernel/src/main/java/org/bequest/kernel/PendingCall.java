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
    final String from;
    final CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();

    PendingCall(String from) {
        this.from = from;
    }

    void fail(String message) {
        reply.completeExceptionally(new CallFailedException(message));
    }
}
