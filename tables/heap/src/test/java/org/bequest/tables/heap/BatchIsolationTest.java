// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.tables.heap.Rows.generation;
import static org.bequest.tables.heap.Rows.generationAt;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer puts in one generation of rows after the other; whoever reads meanwhile sees each whole or not at all. */
class BatchIsolationTest {

    private static final long KEYS = 24;
    private static final long GENERATIONS = 20_000;

    private static Store store(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(generation(1, 0, KEYS));
        return store;
    }

    /** Rewrites all the rows, generation by generation. */
    private static void rewrite(Store store) {
        for (long g = 2; g <= GENERATIONS; g++) {
            store.putAll(generation(g, 0, KEYS));
        }
    }

    /** As rewrite, but a clear comes before each generation, which then adds as many keys again. */
    private static void clearAndGrow(Store store) {
        for (long g = 2; g <= GENERATIONS; g++) {
            store.clear();
            store.putAll(generation(g, 0, KEYS));
            store.putAll(generation(g, KEYS, 2 * KEYS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noReadIsOlderThanTheOneBefore(TableType type) throws Exception {
        Store store = store(type);
        Runnable upwards = () -> {
            long seen = 0;
            for (long key = 0; key < KEYS; key++) {
                seen = notOlder(generationAt(store, key), seen);
            }
        };
        Runnable downwards = () -> {
            long seen = 0;
            for (long key = KEYS - 1; key >= 0; key--) {
                seen = notOlder(generationAt(store, key), seen);
            }
        };
        Together.writeAndRead(() -> rewrite(store), upwards, downwards);
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void noRowOfATraversalIsOlderThanAReadBefore(TableType type) throws Exception {
        Store store = store(type);
        Together.writeAndRead(() -> rewrite(store), () -> {
            long seen = 0;
            int rows = 0;
            for (Iterator<Tuple> i = store.iterator(); i.hasNext(); rows++) {
                seen = notOlder(i.next().getLong(1), seen);
                seen = notOlder(generationAt(store, rows), seen);
            }
            assertThat(rows).isEqualTo((int) KEYS);
        });
    }

    @ParameterizedTest
    @EnumSource
    void listAndSizeHoldEachBatchWhole(TableType type) throws Exception {
        Store store = store(type);
        Together.writeAndRead(
                () -> clearAndGrow(store),
                () -> {
                    List<Tuple> rows = store.toList();
                    assertThat((long) rows.size()).isIn(0L, KEYS, 2 * KEYS);
                    assertThat(rows.stream().map(row -> row.getLong(1)).collect(Collectors.toSet()))
                            .hasSizeLessThan(2);
                },
                () -> assertThat(store.size()).isIn(0L, KEYS, 2 * KEYS));
    }

    @ParameterizedTest
    @EnumSource
    void stepsSeeEachBatchWhole(TableType type) throws Exception {
        Store half = new HeapEngine().newStore(type, 0);
        half.putAll(generation(1, 0, KEYS));
        Store whole = new HeapEngine().newStore(type, 0);
        whole.putAll(generation(1, 0, 2 * KEYS));
        Object start = half.last();

        Store store = store(type);
        Together.writeAndRead(
                () -> clearAndGrow(store),
                () -> assertThat(store.first()).isIn(null, half.first(), whole.first()),
                () -> assertThat(store.last()).isIn(null, half.last(), whole.last()),
                () -> assertThat(store.next(start)).isIn(null, half.next(start), whole.next(start)));
    }

    /** Each batch puts a few rows under one key: rows that nobody may see one by one. */
    @ParameterizedTest
    @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
    void lookupHoldsEachBatchWhole(TableType type) throws Exception {
        Store store = store(type);
        int rows = 3;
        Together.writeAndRead(
                () -> {
                    for (long g = 2; g <= GENERATIONS; g++) {
                        store.putAll(List.of(Tuple.of(0, g, 1), Tuple.of(1, g), Tuple.of(0, g, 2), Tuple.of(0, g, 3)));
                        if (g % 100 == 0) {
                            store.remove(0L);
                        }
                    }
                },
                () -> {
                    List<Tuple> seen = store.lookup(0L).stream()
                            .filter(row -> row.size() == rows)
                            .toList();
                    assertThat(seen.size() % rows).isZero();
                    for (int i = 0; i < seen.size(); i++) {
                        assertThat(seen.get(i).getLong(2)).isEqualTo(i % rows + 1);
                        assertThat(seen.get(i).getLong(1))
                                .isEqualTo(seen.get(i - i % rows).getLong(1));
                    }
                });
    }

    /** The list takes far longer than a batch, so that no attempt to read it in between two can succeed. */
    @ParameterizedTest
    @EnumSource
    void longListIsRead_inAStreamOfBatches(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        long many = 20_000;
        store.putAll(generation(1, 0, many));
        Together.writeAndRead(
                () -> {
                    for (long g = 2; g <= GENERATIONS; g++) {
                        store.putAll(List.of(Rows.row(0, g), Rows.row(many - 1, g)));
                    }
                },
                () -> {
                    List<Tuple> rows = store.toList();
                    assertThat(newest(rows, 0)).isEqualTo(newest(rows, many - 1));
                });
    }

    private static long newest(List<Tuple> rows, long key) {
        return rows.stream()
                .filter(row -> row.getLong(0) == key)
                .mapToLong(row -> row.getLong(1))
                .max()
                .orElseThrow();
    }

    private static long notOlder(long generation, long seen) {
        if (generation < seen) {
            throw new AssertionError("generation " + generation + " after " + seen);
        }
        return generation;
    }
}
