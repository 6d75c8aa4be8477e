// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that each do one thing over and over, for a while. What any of them throws fails the test. */
final class Together {
    private static final long MILLIS = 300;
    private static final long PATIENCE_SECONDS = 30;

    @FunctionalInterface
    interface Deed {
        /** @param random the thread's own */
        void perform(Random random) throws Exception;
    }

    private Together() {}

    /** One that an engine keeps for ever does not keep the JVM. */
    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "together");
        thread.setDaemon(true);
        return thread;
    }

    static void run(Deed... deeds) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(deeds.length, Together::daemon);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (Deed deed : deeds) {
                done.add(threads.submit(() -> {
                    Random random = new Random();
                    do {
                        deed.perform(random);
                    } while (!over.get());
                    return null;
                }));
            }
            TimeUnit.MILLISECONDS.sleep(MILLIS);
            over.set(true);
            for (Future<?> each : done) {
                each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }
}
