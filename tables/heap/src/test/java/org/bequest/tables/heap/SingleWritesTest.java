// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.tables.heap.Rows.generation;
import static org.bequest.tables.heap.Rows.generationAt;
import static org.bequest.tables.heap.Rows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes of one row, at the same time as each other. */
class SingleWritesTest {

    private static final int THREADS = 4;
    private static final long TIMES = 20_000;

    @ParameterizedTest
    @EnumSource
    void oneWins_ifSeveralInsertTheSameKey(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        List<List<Tuple>> winners = Together.run(THREADS, () -> {
            List<Tuple> inserted = new ArrayList<>();
            for (long key = 0; key < TIMES; key++) {
                Tuple row = row(key, Thread.currentThread().getId());
                if (store.insertNew(row)) {
                    inserted.add(row);
                }
            }
            return inserted;
        });
        assertThat(winners.stream().flatMap(List::stream).sorted(Terms.ORDER).toList())
                .isEqualTo(store.toList().stream().sorted(Terms.ORDER).toList());
        assertThat(store.size()).isEqualTo(TIMES);
    }

    @ParameterizedTest
    @EnumSource
    void noCountIsLost_ifSeveralReplace(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        store.put(row(1, 0));
        Together.run(THREADS, () -> {
            for (long i = 0; i < TIMES; i++) {
                Tuple old;
                do {
                    old = store.lookup(1L).get(0);
                } while (!store.replace(old, old.with(1, old.getLong(1) + 1)));
            }
            return store;
        });
        assertThat(generationAt(store, 1)).isEqualTo(THREADS * TIMES);
    }

    @ParameterizedTest
    @EnumSource
    void oneGetsTheRow_ifSeveralRemove(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(generation(1, 0, TIMES));
        List<Long> removed = Together.run(THREADS, () -> {
            long got = 0;
            for (long key = 0; key < TIMES; key++) {
                got += store.remove(key).size();
            }
            return got;
        });
        assertThat(removed.stream().mapToLong(Long::longValue).sum()).isEqualTo(TIMES);
        assertThat(store.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneGetsTheRow_ifSeveralRemoveExactlyIt(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        List<Tuple> rows = generation(1, 0, TIMES);
        store.putAll(rows);
        List<Integer> removed = Together.run(THREADS, () -> {
            int got = 0;
            for (Tuple row : rows) {
                got += store.removeRow(row);
            }
            return got;
        });
        assertThat(removed.stream().mapToInt(Integer::intValue).sum()).isEqualTo((int) TIMES);
        assertThat(store.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
    void noRowIsLostNorOutOfOrder_ifSeveralPutUnderOneKey(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        Together.run(THREADS, () -> {
            long me = Thread.currentThread().getId();
            for (long i = 0; i < TIMES; i++) {
                store.put(Tuple.of(1, me, i));
            }
            return me;
        });
        Map<Long, List<Long>> byThread = store.lookup(1L).stream()
                .collect(Collectors.groupingBy(
                        row -> row.getLong(1), Collectors.mapping(row -> row.getLong(2), Collectors.toList())));
        assertThat(byThread).hasSize(THREADS);
        assertThat(byThread.values()).allSatisfy(rows -> assertThat(rows)
                .isEqualTo(LongStream.range(0, TIMES).boxed().toList()));
        assertThat(store.size()).isEqualTo(THREADS * TIMES);
    }

    @Test
    void oneCopyIsKept_ifSeveralPutTheSameIntoABag() throws Exception {
        Store store = new HeapEngine().newStore(TableType.BAG, 0);
        Together.run(THREADS, () -> {
            for (long i = 0; i < TIMES; i++) {
                store.put(row(1, i));
            }
            return store;
        });
        assertThat(store.size()).isEqualTo(TIMES);
        assertThat(store.lookup(1L)).doesNotHaveDuplicates().hasSize((int) TIMES);
    }
}
