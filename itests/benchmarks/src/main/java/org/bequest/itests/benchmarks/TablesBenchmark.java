// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bequest.table.TableType;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.infra.ThreadParams;

/** The suite {@code tables}. Rows are asked for at random. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class TablesBenchmark {
    static final int RANGE = 100;
    private static final int BATCH = 100;
    private static final int MOST_PICKS = 1 << 20;
    private static final int ONE_IN_20 = 20;

    @Param("BEQUEST")
    public Side side;

    @Param("1000")
    public int size;

    private Rows rows;
    private boolean begunEmpty;

    abstract Rows newRows() throws Exception;

    /** Of sets. */
    public static class OfSet extends TablesBenchmark {
        @Override
        Rows newRows() throws Exception {
            return side.rows(TableType.SET);
        }
    }

    /** Of ordered sets. */
    public static class OfOrderedSet extends TablesBenchmark {
        @Override
        Rows newRows() throws Exception {
            return side.rows(TableType.ORDERED_SET);
        }
    }

    /** Of a set with columns. */
    public static class OfRecords extends TablesBenchmark {
        @Override
        Rows newRows() throws Exception {
            return side.records();
        }
    }

    @Setup
    public void start(BenchmarkParams params) throws Exception {
        rows = newRows();
        begunEmpty = params.getBenchmark().endsWith(".insertNew");
        if (!begunEmpty) {
            IntStream.range(0, size).parallel().mapToObj(Row::of).forEach(rows::insert);
            System.gc(); // they have been there for a while
        }
    }

    /** Nobody pays for the tables of the iteration before. */
    @Setup(Level.Iteration)
    public void collect() {
        if (begunEmpty) {
            rows.renew();
            System.gc();
        }
    }

    @TearDown
    public void stop() {
        rows.close();
    }

    /** Which rows a thread asks for: numbers drawn before, so that drawing costs nothing. */
    @State(Scope.Thread)
    public static class Picks {
        private int size;
        private int[] numbers;
        private long[] keys;
        private int at;
        private long found;

        @Setup
        public void draw(BenchmarkParams params, ThreadParams thread) {
            size = Integer.parseInt(params.getParam("size"));
            Random random = new Random(thread.getThreadIndex());
            numbers = random.ints(Integer.highestOneBit(Math.min(MOST_PICKS, size * 16)), 0, size)
                    .toArray();
            boolean absent = params.getBenchmark().endsWith(".lookupMiss");
            keys = new long[numbers.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = Row.key(absent ? size + numbers[i] : numbers[i]);
            }
        }

        long key() {
            return keys[at++ & (keys.length - 1)];
        }

        /** The same, but not before it is known what was found last. */
        long keyAfterwards() {
            return keys[at++ + (int) (found >>> Integer.SIZE) & (keys.length - 1)];
        }

        Row row() {
            return Row.of(numbers[at++ & (numbers.length - 1)]);
        }

        boolean isOneIn(int many) {
            return at % many == 0;
        }
    }

    @Benchmark
    public @Nullable Object lookupHit(Picks picks) {
        return rows.get(picks.key());
    }

    /** One after the other, where in the others the processor looks ahead, and has several in hand. */
    @Benchmark
    public long lookupChain(Picks picks) {
        long number = rows.number(picks.keyAfterwards());
        picks.found = number;
        return number;
    }

    @Benchmark
    public @Nullable Object lookupMiss(Picks picks) {
        return rows.get(picks.key());
    }

    @Benchmark
    public void overwrite(Picks picks) {
        rows.insert(picks.row());
    }

    /** An operation is all rows, into an empty table. */
    @Benchmark
    public void insertNew() {
        rows.renew();
        for (int i = 0; i < size; i++) {
            rows.insertNew(Row.of(i));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void insertBatch(Picks picks) {
        List<Row> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            batch.add(picks.row());
        }
        rows.insertAll(batch);
    }

    @Benchmark
    public void deleteAndInsert(Picks picks) {
        Row row = picks.row();
        rows.delete(row.key());
        rows.insert(row);
    }

    @Benchmark
    public @Nullable Object updateCounter(Picks picks) {
        return rows.updateCounter(picks.key());
    }

    @Benchmark
    public Object matchKey(Picks picks) {
        return rows.matchKey(picks.key());
    }

    @Benchmark
    @OperationsPerInvocation(RANGE)
    public Object matchRange(Picks picks) {
        long from = picks.key();
        return rows.matchRange(from, from + Row.KEYS / size * RANGE);
    }

    /** An operation is all rows. */
    @Benchmark
    public long scan() {
        return rows.count(size / 2);
    }

    /** An operation is all rows. */
    @Benchmark
    public long iterate() {
        return rows.sum();
    }

    @Benchmark
    public @Nullable Object mix95(Picks picks) {
        return mix(picks, ONE_IN_20);
    }

    @Benchmark
    public @Nullable Object mix50(Picks picks) {
        return mix(picks, 2);
    }

    private @Nullable Object mix(Picks picks, int many) {
        if (picks.isOneIn(many)) {
            Row row = picks.row();
            rows.insert(row);
            return row;
        }
        return rows.get(picks.key());
    }
}
