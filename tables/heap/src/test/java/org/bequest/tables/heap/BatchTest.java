// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.tables.heap.Rows.generation;
import static org.bequest.tables.heap.Rows.interrupted;
import static org.bequest.tables.heap.Rows.row;
import static org.bequest.tables.heap.Rows.traverse;

import java.util.List;
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
        }));
        assertThat(store.size()).isEqualTo(7);
        assertThat(store.toList()).containsExactlyInAnyOrderElementsOf(BATCH);
    }

    @Test
    void stepsSkipKeys_beforeTheBatchIsWhole() {
        Store store = store(TableType.ORDERED_SET);
        store.putAll(interrupted(BATCH, 6, () -> {
            assertThat(store.first()).isEqualTo(1L);
            assertThat(store.last()).isEqualTo(3L);
            assertThat(store.next(3L)).isNull();
            assertThat(store.prev(1L)).isNull();
        }));
        assertThat(store.first()).isEqualTo(0L);
        assertThat(store.last()).isEqualTo(6L);
        assertThat(store.next(3L)).isEqualTo(4L);
        assertThat(store.prev(1L)).isEqualTo(0L);
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
        assertThat(store.toList()).doesNotContainAnyElementsOf(BATCH);
        assertThat(store.insertNew(row(0, 3))).isTrue();
        assertThat(store.replace(row(1, 1), row(1, 3))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void laterRowOfTheSameKeyCounts(TableType type) {
        Store store = store(type);
        store.putAll(List.of(row(9, 2), row(1, 2), row(9, 3), row(1, 3)));
        assertThat(store.size()).isEqualTo(4);
        assertThat(store.get(9L)).isEqualTo(row(9, 3));
        assertThat(store.get(1L)).isEqualTo(row(1, 3));
    }

    @ParameterizedTest
    @EnumSource
    void writesOfOneRowFindPlainRows_afterABatch(TableType type) {
        Store store = store(type);
        assertThat(store.insertNew(row(1, 2))).isFalse();
        assertThat(store.replace(row(1, 1), row(1, 2))).isTrue();
        assertThat(store.remove(1L)).isEqualTo(row(1, 2));
        assertThat(store.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
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
