// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The suite {@code pools}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PoolsBenchmark {
    @Param("BEQUEST")
    public Side side;

    @Param("4")
    public int size;

    private Lending pool;

    @Setup
    public void start() throws Exception {
        pool = side.lending();
    }

    @TearDown
    public void stop() throws Exception {
        pool.close();
    }

    @Benchmark
    public void borrowAndReturn() throws Exception {
        pool.borrowAndReturn();
    }
}
