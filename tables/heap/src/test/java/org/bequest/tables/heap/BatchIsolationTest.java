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
import org.junit.jupiter.api.Test;
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

    /** As rewrite, but each generation also adds as many keys again, and a clear ends it. */
    private static void growAndClear(Store store) {
        for (long g = 2; g <= GENERATIONS; g++) {
            store.putAll(generation(g, 0, KEYS));
            store.putAll(generation(g, 0, 2 * KEYS));
            store.clear();
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
    @EnumSource
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
                () -> growAndClear(store),
                () -> {
                    List<Tuple> rows = store.toList();
                    assertThat((long) rows.size()).isIn(0L, KEYS, 2 * KEYS);
                    assertThat(rows.stream().map(row -> row.getLong(1)).collect(Collectors.toSet()))
                            .hasSizeLessThan(2);
                },
                () -> assertThat(store.size()).isIn(0L, KEYS, 2 * KEYS));
    }

    @Test
    void stepsSeeEachBatchWhole() throws Exception {
        Store store = store(TableType.ORDERED_SET);
        Together.writeAndRead(
                () -> growAndClear(store),
                () -> assertThat(store.first()).isIn(null, 0L),
                () -> assertThat(store.last()).isIn(null, KEYS - 1, 2 * KEYS - 1),
                () -> assertThat(store.next(KEYS - 1)).isIn(null, KEYS));
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
                    List<Long> changing = store.toList().stream()
                            .filter(row -> row.getLong(0) == 0 || row.getLong(0) == many - 1)
                            .map(row -> row.getLong(1))
                            .toList();
                    assertThat(changing).hasSize(2);
                    assertThat(changing.get(0)).isEqualTo(changing.get(1));
                });
    }

    private static long notOlder(long generation, long seen) {
        if (generation < seen) {
            throw new AssertionError("generation " + generation + " after " + seen);
        }
        return generation;
    }
}
