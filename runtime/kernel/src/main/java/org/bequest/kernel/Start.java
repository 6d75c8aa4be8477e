// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.concurrent.CompletableFuture;
import org.bequest.process.ProcessExitedException;
import org.jspecify.annotations.Nullable;

/** The start of a process, which has it until it is ready. */
final class Start {
    /** Done when it is ready, failed with a {@link ProcessExitedException} if it ends before; null if nobody waits. */
    private final @Nullable CompletableFuture<@Nullable Void> awaited;

    /** Whether the process has asked to be ready only when it says so. Guarded by it. */
    boolean held;

    Start(@Nullable CompletableFuture<@Nullable Void> awaited) {
        this.awaited = awaited;
    }

    boolean isAwaited() {
        return awaited != null;
    }

    void done() {
        if (awaited != null) {
            awaited.complete(null);
        }
    }

    void failed(ProcessExitedException end) {
        if (awaited != null) {
            awaited.completeExceptionally(end);
        }
    }
}
