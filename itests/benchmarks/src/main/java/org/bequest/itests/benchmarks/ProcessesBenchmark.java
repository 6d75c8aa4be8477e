// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The suite {@code processes}, as far as it is throughput. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProcessesBenchmark {
    private static final int MESSAGES = 100_000;
    private static final int CALLS = 1_000;
    private static final int HOPS = 10_000;
    private static final int SPAWNED = 1_000;

    @Param("BEQUEST")
    public Side side;

    @Param("1")
    public int size;

    private Actors actors;

    @Setup
    public void start(BenchmarkParams params) throws Exception {
        actors = side.actors();
        if (params.getBenchmark().endsWith(".ring")) {
            actors.formRing(size);
        }
    }

    @TearDown
    public void stop() throws Exception {
        actors.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void tell() {
        actors.tell(MESSAGES);
    }

    @Benchmark
    public void call() {
        actors.call();
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void callBetween() {
        actors.callBetween(CALLS);
    }

    @Benchmark
    @OperationsPerInvocation(HOPS)
    public void ring() {
        actors.runRing(HOPS);
    }

    /** Those that {@link #spawn} starts end when the clock does not run. */
    @State(Scope.Benchmark)
    public static class Spawned {
        private final Object[] processes = new Object[SPAWNED];
        private Actors actors;

        @TearDown(Level.Invocation)
        public void end() {
            for (Object process : processes) {
                actors.end(process);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(SPAWNED)
    public void spawn(Spawned spawned) {
        spawned.actors = actors;
        for (int i = 0; i < SPAWNED; i++) {
            spawned.processes[i] = actors.spawn();
        }
    }

    @Benchmark
    public void spawnAndEnd() {
        actors.end(actors.spawn());
    }
}
