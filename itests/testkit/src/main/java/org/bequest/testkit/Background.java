// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What a test does meanwhile: each on a thread of its own, since the common pool has but one on a small machine. */
public final class Background {
    private Background() {}

    /** Something to do. */
    public interface Task {
        void run() throws Exception;
    }

    /** Does the task meanwhile; what it throws, the result fails with. */
    public static CompletableFuture<Void> run(Task task) {
        return get(() -> {
            task.run();
            return null;
        });
    }

    /** The same, of a task that returns something. */
    public static <T> CompletableFuture<T> get(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "background of a test");
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
