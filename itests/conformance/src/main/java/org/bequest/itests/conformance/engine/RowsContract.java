// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Binary;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

abstract class RowsContract extends StoreContract {
    RowsContract(EngineConformance tested) {
        super(tested);
    }

    @ParameterizedTest
    @MethodSource("types")
    void newStoreIsEmpty(TableType type) {
        Store store = newStore(type);
        assertEquals(0, store.size());
        assertNull(store.get(1L));
        assertEquals(List.of(), store.lookup(1L));
        assertEquals(List.of(), store.toList());
        assertEquals(List.of(), rows(store));
        assertEquals(List.of(), store.remove(1L));
        assertEquals(0, store.removeRow(row(1, "a")));
        assertNull(store.first());
        assertNull(store.last());
        assertNull(store.next(1L));
        assertNull(store.prev(1L));
    }

    /** One of each kind of key; none is equal to another, not even by value. */
    @ParameterizedTest
    @MethodSource("types")
    void anyTermIsAKey(TableType type) {
        List<Object> keys = List.of(
                1L,
                2.5,
                new BigInteger("9223372036854775808"),
                true,
                "a",
                "\uD83D\uDE00",
                UUID.randomUUID(),
                Binary.copyOf(new byte[] {1}),
                Tuple.of(),
                Tuple.of(1, "a"),
                Terms.keyOf(List.of()),
                Terms.keyOf(List.of(1, 2)),
                Terms.keyOf(Map.of("a", 1)));
        Store store = newStore(type);
        keys.forEach(key -> store.put(row(key, "row")));
        keys.forEach(key -> assertEquals(row(key, "row"), store.get(key)));
        assertEquals(keys.size(), store.size());
        assertEquals(Set.copyOf(keys), Set.copyOf(keysForward(store)));
        keys.forEach(key -> assertEquals(List.of(row(key, "row")), store.remove(key)));
        assertEquals(0, store.size());
    }

    @ParameterizedTest
    @MethodSource("types")
    void keyIsWhereItWasSaidToBe(TableType type) {
        Store store = newStore(type);
        store.put(Tuple.of("value", "key", "more"));
        assertEquals(Tuple.of("value", "key", "more"), store.get("key"));
        assertNull(store.get("value"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void keysOfEqualValueAreOneInAnOrderedSetOnly(TableType type) {
        Store store = newStore(type);
        store.put(row(1, "integer"));
        store.put(row(1.0, "float"));
        if (type == TableType.ORDERED_SET) {
            assertEquals(List.of(row(1.0, "float")), store.toList(), "the key is replaced along with the row");
            assertEquals(row(1.0, "float"), store.get(1L));
        } else {
            assertEquals(row(1, "integer"), store.get(1L));
            assertEquals(row(1.0, "float"), store.get(1.0));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void secondRowOfAKeyTakesThePlaceOfTheFirst_orComesAfterIt(TableType type) {
        Store store = newStore(type);
        store.put(row(1, "b"));
        store.put(row(1, "a"));
        List<Tuple> expected = type.isSet() ? List.of(row(1, "a")) : List.of(row(1, "b"), row(1, "a"));
        assertEquals(expected, store.lookup(1L));
        assertEquals(expected.get(0), store.get(1L));
        assertEquals(expected.size(), store.size());
        assertEquals(expected, store.toList());
    }

    @ParameterizedTest
    @MethodSource("types")
    void onlyADuplicateBagHoldsARowTwice(TableType type) {
        Store store = newStore(type);
        store.put(row(1, 2));
        store.put(row(1, 2));
        int copies = type == TableType.DUPLICATE_BAG ? 2 : 1;
        assertEquals(copies, store.size());
        assertEquals(copies, store.lookup(1L).size());
        assertEquals(copies, store.removeRow(row(1, 2)));
        assertEquals(0, store.size());
    }

    @Test
    void bagTellsRowsApartExactly() {
        Store store = newStoreOf(TableType.BAG);
        store.put(row(1, 2));
        store.put(row(1, 2.0));
        store.put(row(1, 2));
        assertEquals(List.of(row(1, 2), row(1, 2.0)), store.lookup(1L));
    }

    @ParameterizedTest
    @MethodSource("types")
    void insertNewRefusesAKeyThatIsThere(TableType type) {
        Store store = newStore(type);
        assertTrue(store.insertNew(row(1, "a")));
        assertFalse(store.insertNew(row(1, "b")));
        assertFalse(store.insertNew(row(1, "a")));
        assertEquals(List.of(row(1, "a")), store.toList());
        assertEquals(type != TableType.ORDERED_SET, store.insertNew(row(1.0, "c")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void replaceComparesExactly(TableType type) {
        Store store = newStore(type);
        store.put(row(1, 2));
        assertFalse(store.replace(row(1, 2.0), row(1, 3)));
        assertFalse(store.replace(row(9, 2), row(9, 3)));
        assertTrue(store.replace(row(1, 2), row(1, 3)));
        assertFalse(store.replace(row(1, 2), row(1, 4)));
        assertEquals(List.of(row(1, 3)), store.toList());
        assertTrue(store.replace(row(1, 3), row(1, 3)), "by itself");
        assertEquals(1, store.size());
    }

    @Test
    void replaceTakesOneOfSeveralCopies() {
        Store store = newStoreOf(TableType.DUPLICATE_BAG);
        store.put(row(1, "a"));
        store.put(row(1, "a"));
        assertTrue(store.replace(row(1, "a"), row(1, "b")));
        assertEquals(2, store.size());
        assertEquals(1, store.removeRow(row(1, "a")));
        assertEquals(1, store.removeRow(row(1, "b")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void removeRowComparesExactly(TableType type) {
        Store store = newStore(type);
        store.put(row(1, 2));
        assertEquals(0, store.removeRow(row(1, 2.0)));
        assertEquals(0, store.removeRow(row(1.0, 2)));
        assertEquals(1, store.removeRow(row(1, 2)));
        assertEquals(List.of(), store.toList());
        assertNull(store.first());
    }

    @ParameterizedTest
    @MethodSource("types")
    void removeReturnsTheRows(TableType type) {
        Store store = newStore(type);
        store.put(row(1, "a"));
        store.put(row(2, "other"));
        List<Tuple> there = store.lookup(1L);
        assertEquals(there, store.remove(1L));
        assertEquals(List.of(), store.remove(1L));
        assertEquals(List.of(row(2, "other")), store.toList());
        assertEquals(1, store.size());
    }

    @ParameterizedTest
    @MethodSource("types")
    void batchIsPutInItsOrder(TableType type) {
        Store batched = newStore(type);
        Store single = newStore(type);
        List<Tuple> rows = List.of(row(1, "a"), row(2, "b"), row(1, "c"), row(1, "a"), row(1.0, "d"));
        batched.putAll(rows);
        rows.forEach(single::put);
        assertEquals(single.lookup(1L), batched.lookup(1L));
        assertEquals(single.lookup(1.0), batched.lookup(1.0));
        assertEquals(single.size(), batched.size());
        batched.putAll(List.of());
        assertEquals(single.size(), batched.size());
    }

    @ParameterizedTest
    @MethodSource("types")
    void batchThatFailsLeavesNothing(TableType type) {
        Store store = newStore(type);
        store.put(row(1, "before"));
        List<Tuple> broken = new AbstractList<>() {
            @Override
            public Tuple get(int index) {
                if (index == 7) {
                    throw new IllegalStateException("as if there were no memory left");
                }
                return row(index, "batch");
            }

            @Override
            public int size() {
                return 10;
            }
        };
        assertThrows(IllegalStateException.class, () -> store.putAll(broken));
        assertEquals(List.of(row(1, "before")), store.toList());
        store.put(row(2, "after"));
        assertEquals(2, store.size(), "the store is still good");
    }

    @ParameterizedTest
    @MethodSource("types")
    void clearRemovesAll(TableType type) {
        Store store = newStore(type);
        store.putAll(List.of(row(1, "a"), row(2, "b"), row(2, "c")));
        store.clear();
        assertEquals(0, store.size());
        assertEquals(List.of(), store.toList());
        assertNull(store.first());
        store.put(row(1, "new"));
        assertEquals(List.of(row(1, "new")), store.toList());
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatWasReturnedStaysAsItWas(TableType type) {
        Store store = newStore(type);
        store.put(row(1, "a"));
        List<Tuple> looked = store.lookup(1L);
        List<Tuple> all = store.toList();
        store.put(row(1, "b"));
        store.put(row(2, "c"));
        List<Tuple> removed = store.remove(1L);
        List<Tuple> copy = List.copyOf(removed);
        store.put(row(1, "d"));
        assertEquals(List.of(row(1, "a")), looked);
        assertEquals(List.of(row(1, "a")), all);
        assertEquals(copy, removed);
        assertThrows(UnsupportedOperationException.class, () -> looked.add(row(1, "x")));
    }
}
