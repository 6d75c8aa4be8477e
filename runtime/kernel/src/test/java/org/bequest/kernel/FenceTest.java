// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bequest.table.Access;
import org.bequest.table.FencedException;
import org.bequest.table.Heir;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableType;
import org.bequest.tables.heap.HeapEngine;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads write while the table goes to somebody else, or its engine is replaced. Nothing is lost, nothing comes late. */
class FenceTest {
    private static final int ROUNDS = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void nothingComesAfterATableIsGivenAway(TableType type) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            handOver(type, (owner, table, heir) -> table.giveAway(heir, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingComesAfterTheOwnerHasEnded(TableType type) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            handOver(type, (owner, table, heir) -> {
                table.setHeir(new Heir(heir, null));
                owner.end();
            });
        }
    }

    /** A guest writes to a public table, and owns none that would move when it ends. */
    @ParameterizedTest
    @EnumSource
    void nothingComesAfterAGuestHasEnded(TableType type) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            TableBench bench = new TableBench();
            Table table = bench.table(type);
            TableBench.Holder guest = bench.holder("guest");
            nothingComesAfter(guest.tables().open(table.name()), () -> {
                guest.end();
                return table;
            });
        }
    }

    private interface HandOver {
        void make(TableBench.Holder owner, Table table, Recipient heir);
    }

    private void handOver(TableType type, HandOver handOver) throws Exception {
        TableBench bench = new TableBench();
        TableBench.Holder owner = bench.holder("owner");
        TableBench.Holder heir = bench.holder("heir");
        Table table = owner.table(type, Access.PROTECTED);
        nothingComesAfter(table, () -> {
            handOver.make(owner, table, heir.address());
            return heir.transfers().get(0).table();
        });
    }

    /** @param fence takes their rights from those who write to the table; returns the table for somebody else */
    private void nothingComesAfter(Table table, Callable<Table> fence) throws Exception {
        AtomicLong written = new AtomicLong();
        List<Future<List<Tuple>>> writers = List.of(
                threads.submit(() -> untilFenced(table, 1, written)),
                threads.submit(() -> untilFenced(table, 2, written)));
        while (written.get() < 20) {
            Thread.onSpinWait();
        }

        Table theirs = fence.call();
        List<Tuple> then = theirs.toList();

        List<Tuple> acknowledged = new ArrayList<>();
        for (Future<List<Tuple>> writer : writers) {
            acknowledged.addAll(writer.get(30, TimeUnit.SECONDS));
        }
        assertThat(new HashSet<>(then)).isEqualTo(new HashSet<>(acknowledged));
        assertThat(theirs.toList()).hasSameSizeAs(then);
        theirs.insert(Tuple.of(0));
    }

    /** Writes single rows and batches in turn, and returns those that were taken. */
    private static List<Tuple> untilFenced(Table table, int writer, AtomicLong written) {
        List<Tuple> acknowledged = new ArrayList<>();
        for (int i = 0; ; i++) {
            Tuple single = Tuple.of(writer, i, Tuple.of("row", i));
            Tuple keyed = Tuple.of(Tuple.of(writer, i), single);
            List<Tuple> batch = List.of(Tuple.of(Tuple.of("a", writer, i)), Tuple.of(Tuple.of("b", writer, i)));
            try {
                table.insert(keyed);
                acknowledged.add(keyed);
                table.insert(batch);
                acknowledged.addAll(batch);
                written.incrementAndGet();
            } catch (FencedException fenced) {
                return acknowledged;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void noWriteIsLostWhileTheEngineIsReplaced(TableType type) throws Exception {
        TableBench bench = new TableBench();
        Table table = bench.table(type, Tuple.of("swaps", 0));
        int times = 100_000;
        Callable<Long> count = () -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum = table.updateCounter("sum", 1, 1, Tuple.of("sum", 0));
            }
            return sum;
        };
        List<Future<Long>> writers = List.of(threads.submit(count), threads.submit(count));
        Future<Long> reader = threads.submit(() -> {
            long last = 0;
            while (last < 2 * times) {
                Tuple row = table.get("sum");
                long sum = row == null ? 0 : row.getLong(1);
                assertThat(sum).isGreaterThanOrEqualTo(last);
                last = sum;
            }
            return last;
        });
        while (!writers.stream().allMatch(Future::isDone)) {
            bench.replaceEngine(new HeapEngine());
        }
        for (Future<Long> writer : writers) {
            writer.get(30, TimeUnit.SECONDS);
        }
        assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(2L * times);
        assertThat(table.lookupElement("sum", 1)).isEqualTo(2L * times);
    }

    /** A row that is seen is seen whole, and never an older one after it; also by a thread that shares nothing else. */
    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void rowsArePublishedWholeAndInOrder(TableType type) throws Exception {
        Table table = new TableBench().table(type, row(0));
        int last = 50_000;
        List<Future<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(threads.submit(() -> {
                long seen = 0;
                while (seen < last) {
                    Tuple row = table.get("key");
                    long now = row.getLong(1);
                    assertThat(row).isEqualTo(row((int) now));
                    assertThat(now).isGreaterThanOrEqualTo(seen);
                    seen = now;
                }
                return seen;
            }));
        }
        IntStream.rangeClosed(1, last).forEach(i -> table.insert(row(i)));
        for (Future<Long> reader : readers) {
            assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(last);
        }
    }

    private static Tuple row(int i) {
        return Tuple.of("key", i, List.of(i, i), Tuple.of(i));
    }

    @Test
    void aRightThatHasEndedStaysEnded() {
        TableBench bench = new TableBench();
        Table old = bench.holder("first").table(TableType.SET, Access.PUBLIC);
        old.giveAway(bench.holder("second").address(), null);
        bench.holder("second")
                .transfers()
                .get(0)
                .table()
                .giveAway(bench.holder("first").address(), null);

        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> old.insert(Tuple.of(1)));
        bench.holder("first").transfers().get(0).table().insert(Tuple.of(1));
        assertThat(old.toList()).containsExactly(Tuple.of(1));
    }
}
