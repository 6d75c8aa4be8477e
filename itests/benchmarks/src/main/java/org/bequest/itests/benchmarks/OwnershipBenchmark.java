// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The suite {@code ownership}, as far as nobody else on the JVM has it. The table has some rows, which do not matter. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OwnershipBenchmark {
    private static final int ROUNDS = 1_000;
    private static final String MODULE = "bench.owner";

    @Param("BEQUEST")
    public Side side;

    @Param("1000")
    public int size;

    private final Gate done = new Gate();
    private final TableSpec claimed = TableSpec.of("claimed");
    private Bequest bequest;
    private Pid first;
    private Pid second;
    private Table table;

    @Setup
    public void start() throws Exception {
        bequest = Bequest.start();
        bequest.offer(MODULE, Owner::new);
        first = bequest.processes.spawn(ProcessSpec.of(MODULE).argument(size));
        second = bequest.processes.spawn(ProcessSpec.of(MODULE));
        bequest.processes.cast(first, second);
        bequest.processes.cast(second, first);
        table = bequest.tables.claim(claimed);
        fill(table, size);
    }

    @TearDown
    public void stop() {
        bequest.close();
    }

    private static void fill(Table table, long rows) {
        for (int i = 0; i < rows; i++) {
            table.insert(Tuple.of(i, i));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void giveAwayThereAndBack() {
        bequest.processes.cast(first, 2 * ROUNDS - 1);
        done.pass();
    }

    @Benchmark
    public Table leaveAndClaim() {
        table.leave();
        table = bequest.tables.claim(claimed);
        return table;
    }

    /** Gives what it is given back, as often as the gift says. First told who the other one is. */
    private final class Owner implements Worker {
        private Pid other = new Pid(0, 0);
        private Table mine;

        @Override
        public void onStart(Self self, Object rows) {
            if (rows instanceof Long size) {
                mine = self.tables().create(TableSpec.of("given"));
                fill(mine, size);
            }
        }

        @Override
        public void onCast(Self self, Object message) {
            if (message instanceof Pid pid) {
                other = pid;
            } else {
                give(((Number) message).longValue());
            }
        }

        @Override
        public void onSignal(Self self, Signal signal) {
            if (signal instanceof Signal.Transferred given) {
                mine = given.transfer().table();
                long left = (Long) given.transfer().gift();
                if (left == 0) {
                    done.open();
                } else {
                    give(left - 1);
                }
            }
        }

        private void give(long left) {
            mine.giveAway(Recipient.process(other), left);
        }
    }
}
