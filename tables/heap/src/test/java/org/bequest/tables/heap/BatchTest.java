// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.tables.heap.Rows.generation;
import static org.bequest.tables.heap.Rows.interrupted;
import static org.bequest.tables.heap.Rows.list;
import static org.bequest.tables.heap.Rows.row;
import static org.bequest.tables.heap.Rows.traverse;
import static org.bequest.tables.heap.Rows.walk;
import static org.bequest.tables.heap.Rows.walkBack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch caught halfway, without any thread: the list that is put in looks at the store, or fails. */
class BatchTest {

    private static final List<Tuple> BEFORE = generation(1, 1, 4);
    private static final List<Tuple> BATCH = generation(2, 0, 7);

    private static Store store(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(BEFORE);
        return store;
    }

    /** What the batch leaves: in a bag its rows come on top of the others. */
    private static List<Tuple> after(TableType type) {
        return type.isSet()
                ? BATCH
                : Stream.concat(BEFORE.stream(), BATCH.stream()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void readsSeeNothing_beforeTheBatchIsWhole(TableType type) {
        Store store = store(type);
        store.putAll(interrupted(BATCH, 6, () -> {
            assertThat(store.size()).isEqualTo(3);
            assertThat(store.toList()).containsExactlyInAnyOrderElementsOf(BEFORE);
            assertThat(traverse(store)).containsExactlyInAnyOrderElementsOf(BEFORE);
            assertThat(store.get(0L)).isNull();
            assertThat(store.get(1L)).isEqualTo(row(1, 1));
            assertThat(store.lookup(1L)).containsExactly(row(1, 1));
        }));
        assertThat(store.size()).isEqualTo(after(type).size());
        assertThat(store.toList()).containsExactlyInAnyOrderElementsOf(after(type));
        assertThat(traverse(store)).containsExactlyInAnyOrderElementsOf(after(type));
    }

    @ParameterizedTest
    @EnumSource
    void stepsSkipKeys_beforeTheBatchIsWhole(TableType type) {
        Store store = store(type);
        store.putAll(interrupted(BATCH, 6, () -> {
            assertThat(walk(store)).containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(walkBack(store)).containsExactlyInAnyOrder(1L, 2L, 3L);
        }));
        assertThat(walk(store)).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(walkBack(store)).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void rangeHoldsNothing_beforeTheBatchIsWhole() {
        Store store = store(TableType.ORDERED_SET);
        store.putAll(interrupted(BATCH, 6, () -> assertThat(list(store.range(0L, 2L, false)))
                .containsExactlyElementsOf(generation(1, 1, 3))));
        assertThat(list(store.range(0L, 2L, false))).containsExactlyElementsOf(generation(2, 0, 3));
    }

    @ParameterizedTest
    @EnumSource
    void failedBatchLeavesNothing(TableType type) {
        Store store = store(type);
        List<Tuple> failing = interrupted(BATCH, 5, () -> {
            throw new IllegalStateException("halfway");
        });
        assertThatThrownBy(() -> store.putAll(failing)).hasMessage("halfway");
        assertThat(store.toList()).containsExactlyInAnyOrderElementsOf(BEFORE);

        store.putAll(List.of(row(8, 3), row(9, 3)));
        assertThat(store.size()).isEqualTo(5);
        assertThat(walk(store)).containsExactlyInAnyOrder(1L, 2L, 3L, 8L, 9L);
        assertThat(store.toList()).doesNotContainAnyElementsOf(BATCH);
        assertThat(store.insertNew(row(0, 3))).isTrue();
        assertThat(store.replace(row(1, 1), row(1, 3))).isTrue();
    }

    /** Those that the batch has left behind may be in the same array, and in the same set. */
    @ParameterizedTest
    @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
    void failedBatchLeavesNothingUnderOneKey(TableType type) {
        for (long before = 1; before < 70; before++) {
            Store store = new HeapEngine().newStore(type, 0);
            LongStream.range(0, before).forEach(value -> store.put(row(1, value)));
            List<Tuple> old = store.lookup(1L);
            List<Tuple> batch =
                    LongStream.range(100, 105).mapToObj(value -> row(1, value)).toList();
            assertThatThrownBy(() -> store.putAll(interrupted(batch, 4, () -> {
                        throw new IllegalStateException("halfway");
                    })))
                    .hasMessage("halfway");
            assertThat(store.lookup(1L)).isEqualTo(old);
            assertThat(store.size()).isEqualTo(before);

            store.put(batch.get(1));
            store.put(batch.get(0));
            assertThat(store.lookup(1L).subList((int) before, (int) before + 2))
                    .containsExactly(batch.get(1), batch.get(0));
            assertThat(store.size()).isEqualTo(before + 2);
            assertThat(old).hasSize((int) before);
        }
    }

    /** A reader finds the cell, and before it looks into it the batch goes on and commits. */
    @ParameterizedTest
    @EnumSource
    void cellFoundEarlyStandsForAllRowsOfItsKey_onceTheBatchIsWhole(TableType type) {
        MapStore store = (MapStore) store(type);
        List<Object> found = new ArrayList<>();
        store.putAll(interrupted(
                List.of(row(9, 2), row(9, 3)),
                1,
                () -> found.add(store.rows().cells.get(9L))));
        assertThat(Cells.list(Batch.plain(found.get(0)))).isEqualTo(store.lookup(9L));
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void laterRowOfTheSameKeyCounts(TableType type) {
        Store store = store(type);
        store.putAll(List.of(row(9, 2), row(1, 2), row(9, 3), row(1, 3)));
        assertThat(store.size()).isEqualTo(4);
        assertThat(store.get(9L)).isEqualTo(row(9, 3));
        assertThat(store.get(1L)).isEqualTo(row(1, 3));
    }

    @ParameterizedTest
    @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
    void rowsOfTheSameKeyComeInTheirOrder(TableType type) {
        Store store = store(type);
        store.putAll(List.of(row(9, 2), row(1, 2), row(9, 2), row(1, 1), row(9, 1)));
        boolean bag = type == TableType.BAG;
        assertThat(store.size()).isEqualTo(bag ? 6 : 8);
        assertThat(store.lookup(9L))
                .isEqualTo(bag ? List.of(row(9, 2), row(9, 1)) : List.of(row(9, 2), row(9, 2), row(9, 1)));
        assertThat(store.lookup(1L))
                .isEqualTo(bag ? List.of(row(1, 1), row(1, 2)) : List.of(row(1, 1), row(1, 2), row(1, 1)));
    }

    @ParameterizedTest
    @EnumSource
    void writesOfOneRowFindPlainRows_afterABatch(TableType type) {
        Store store = store(type);
        assertThat(store.insertNew(row(1, 2))).isFalse();
        assertThat(store.replace(row(1, 1), row(1, 2))).isTrue();
        assertThat(store.remove(1L)).containsExactly(row(1, 2));
        assertThat(store.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void traversalIsNeverOlderThanOtherReads(TableType type) {
        Store store = store(type);
        var rows = store.iterator();
        rows.next();
        store.putAll(generation(2, 1, 4));
        assertThat(rows.next().getLong(1)).isEqualTo(2);
        store.clear();
        assertThat(rows.hasNext()).isFalse();
    }
}
