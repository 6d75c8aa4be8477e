// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Measurements of the suite {@code supervisors}. */
final class SupervisorProbes {
    /** The JIT compiler is done with other things in a fifth of the time. */
    private static final int WARMUPS = 5;

    private static final int WARMUP_SIZE = 1_000;
    private static final int FIRST = 100;
    private static final int MOST_REPETITIONS = 10;
    private static final int PAUSE_MILLIS = 4;

    private SupervisorProbes() {}

    static Figure startChild(Case subject, Side side, Scale scale) throws Exception {
        return start(subject, side, scale, false);
    }

    static Figure startSimpleChild(Case subject, Side side, Scale scale) throws Exception {
        return start(subject, side, scale, true);
    }

    /** Time for each child, from the first to the last; each time under a new supervisor, repeated while there is time. */
    private static Figure start(Case subject, Side side, Scale scale, boolean simple) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(subject.threads());
        try (Families families = side.families()) {
            int warmupSize = Math.min(WARMUP_SIZE, subject.size());
            for (long end = after(WARMUPS * scale.warmupMillis); System.nanoTime() < end; ) {
                start(families, simple, warmupSize, subject.threads(), callers);
            }
            List<Double> samples = new ArrayList<>();
            long end = after(scale.measurementMillis);
            do {
                samples.add(start(families, simple, subject.size(), subject.threads(), callers));
            } while (samples.size() < MOST_REPETITIONS && System.nanoTime() < end);
            return Figure.median(samples.stream().mapToDouble(sample -> sample).toArray());
        } finally {
            callers.shutdownNow();
        }
    }

    private static double start(Families families, boolean simple, int size, int threads, ExecutorService callers)
            throws Exception {
        Families.Family family = families.start(simple);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            tasks.add(() -> {
                for (int number = first; number < size; number += threads) {
                    family.startChild(number);
                }
                return null;
            });
        }
        long begin = System.nanoTime();
        for (Future<Void> task : callers.invokeAll(tasks)) {
            task.get();
        }
        double nanos = (double) (System.nanoTime() - begin) / size;
        family.end();
        return nanos;
    }

    static Figure restartMedian(Case subject, Side side, Scale scale) throws Exception {
        return restart(0.5, side, scale);
    }

    static Figure restartP99(Case subject, Side side, Scale scale) throws Exception {
        return restart(0.99, side, scale);
    }

    /** From the order to kill a child to the start of the next, with a pause after each. */
    private static Figure restart(double quantile, Side side, Scale scale) throws Exception {
        try (Families families = side.families()) {
            Families.Family family = families.start(false);
            family.startVictim();
            for (long end = after(scale.warmupMillis); System.nanoTime() < end; ) {
                family.crash();
            }
            long[] nanos = new long[scale.samples];
            for (int i = 0; i < nanos.length; i++) {
                Thread.sleep(PAUSE_MILLIS);
                long begin = System.nanoTime();
                family.crash();
                nanos[i] = System.nanoTime() - begin;
            }
            Arrays.sort(nanos);
            return Figure.median(nanos[(int) (quantile * nanos.length)]);
        }
    }

    /** What the heap holds more, after a collection, for each child with its process. */
    static Figure memory(Case subject, Side side, Scale scale) throws Exception {
        try (Families families = side.families()) {
            Families.Family family = families.start(false);
            for (int i = 0; i < FIRST; i++) {
                family.startChild(i);
            }
            long before = ProcessProbes.heap();
            for (int i = 0; i < subject.size(); i++) {
                family.startChild(FIRST + i);
            }
            return Figure.median((double) (ProcessProbes.heap() - before) / subject.size());
        }
    }

    private static long after(int millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
