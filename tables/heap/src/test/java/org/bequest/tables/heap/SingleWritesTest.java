// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.tables.heap.Rows.generation;
import static org.bequest.tables.heap.Rows.generationAt;
import static org.bequest.tables.heap.Rows.row;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
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
                    old = store.get(1L);
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
                got += store.remove(key) == null ? 0 : 1;
            }
            return got;
        });
        assertThat(removed.stream().mapToLong(Long::longValue).sum()).isEqualTo(TIMES);
        assertThat(store.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void traversalSeesEachRowThatStays_once(TableType type) throws Exception {
        long stay = 100;
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(generation(1, 0, stay));
        Together.writeAndRead(
                () -> {
                    for (long i = 0; i < TIMES; i++) {
                        store.put(row(i % stay, i));
                        store.insertNew(row(stay + i, i));
                        store.remove(i < stay ? -1L : i); // the one inserted so many rounds ago
                    }
                },
                () -> {
                    Set<Long> seen = new HashSet<>();
                    for (Tuple row : Rows.traverse(store)) {
                        long key = row.getLong(0);
                        assertThat(seen.add(key) || key >= stay).isTrue();
                    }
                    assertThat(seen.stream().filter(key -> key < stay)).hasSize((int) stay);
                });
    }
}
