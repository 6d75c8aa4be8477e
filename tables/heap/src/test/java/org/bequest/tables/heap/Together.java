// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Threads that begin at the same time. What any of them throws fails the test. */
final class Together {

    private Together() {}

    static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CyclicBarrier start = new CyclicBarrier(tasks.size());
            List<Future<T>> futures = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    static <T> List<T> run(int threads, Callable<T> task) throws Exception {
        return run(IntStream.range(0, threads).mapToObj(i -> task).toList());
    }

    /** Runs the writer once, and each of the readers again and again until the writer has ended. */
    static void writeAndRead(Runnable writer, Runnable... readers) throws Exception {
        class Writing {
            volatile boolean over;
        }
        Writing writing = new Writing();
        List<Callable<Object>> tasks = new ArrayList<>();
        tasks.add(() -> {
            try {
                writer.run();
            } finally {
                writing.over = true;
            }
            return writer;
        });
        for (Runnable reader : readers) {
            tasks.add(() -> {
                do {
                    reader.run();
                } while (!writing.over);
                return reader;
            });
        }
        run(tasks);
    }
}
