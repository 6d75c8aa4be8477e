// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

abstract class OrderContract extends StoreContract {
    private static final long MANY = 1_000;

    OrderContract(EngineConformance tested) {
        super(tested);
    }

    @ParameterizedTest
    @MethodSource("types")
    void stepsMeetEveryKeyOnce_bothWays(TableType type) {
        Store store = filled(newStore(type));
        List<Object> forward = keysForward(store);
        assertEquals(MANY, forward.size());
        assertEquals(MANY, new HashSet<>(forward).size());
        List<Object> backward = keysBackward(store);
        Collections.reverse(backward);
        assertEquals(forward, backward);
    }

    /** A page of results ends at a key, and the next begins after it, whatever came and went meanwhile. */
    @ParameterizedTest
    @MethodSource("types")
    void orderOfTheKeysThatStayLasts(TableType type) {
        Store store = filled(newStore(type));
        List<Object> before = keysForward(store);
        for (long key = 0; key < 20 * MANY; key++) {
            store.put(row(key + 0.5, "added"));
        }
        List<Object> during = new ArrayList<>(keysForward(store));
        during.removeIf(key -> key instanceof Double);
        assertEquals(before, during);
        for (long key = 0; key < 20 * MANY; key++) {
            store.remove(key + 0.5);
        }
        assertEquals(before, keysForward(store));
    }

    @ParameterizedTest
    @MethodSource("types")
    void stepsGoOnFromAKeyThatIsGone(TableType type) {
        Store store = filled(newStore(type));
        List<Object> before = keysForward(store);
        List<Object> met = new ArrayList<>();
        for (Object key = store.first(); key != null; key = store.next(key)) {
            met.add(key);
            store.remove(key);
        }
        assertEquals(before, met);
        assertEquals(0, store.size());
        assertNull(store.next(before.get(0)));
        assertNull(store.prev(before.get(before.size() - 1)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void stepsGoOnFromAnyKey(TableType type) {
        Store store = filled(newStore(type));
        List<Object> all = keysForward(store);
        for (Object stranger : List.of(-1L, 17.5, "text", Tuple.of(), MANY + 1)) {
            Object next = store.next(stranger);
            Object previous = store.prev(stranger);
            int at = next == null ? all.size() : all.indexOf(next);
            assertEquals(at == 0 ? null : all.get(at - 1), previous, () -> "around " + stranger);
        }
    }

    @Test
    void orderedSetGoesByValue() {
        Store store = newStoreOf(TableType.ORDERED_SET);
        List<Object> keys = List.of(
                -3L,
                1.5,
                2L,
                9_007_199_254_740_992.0,
                9_007_199_254_740_993L,
                1e20,
                false,
                true,
                Tuple.of(),
                Tuple.of("z"),
                Tuple.of(1, 1),
                Terms.keyOf(List.of()),
                Terms.keyOf(List.of(1)),
                "",
                "a",
                "\uFF21",
                "\uD83D\uDE00");
        List<Object> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled);
        shuffled.forEach(key -> store.put(row(key, "row")));
        assertEquals(keys, keysForward(store));
        assertEquals(keys, rows(store).stream().map(StoreContract::key).toList());
        assertEquals(keys, store.toList().stream().map(StoreContract::key).toList());
        assertEquals(2L, store.next(1.6));
        assertEquals(1.5, store.prev(2.0));
        assertEquals(9_007_199_254_740_993L, store.next(9_007_199_254_740_992L));
    }

    @Test
    void rangeHoldsItsBounds() {
        Store store = newStoreOf(TableType.ORDERED_SET);
        LongStream.of(5, 3, 1, 4, 2).forEach(key -> store.put(row(key, "row")));
        assertEquals(List.of(2L, 3L, 4L), range(store, 2L, 4L, false));
        assertEquals(List.of(4L, 3L, 2L), range(store, 2L, 4L, true));
        assertEquals(List.of(2L, 3L, 4L), range(store, 2.0, 4.0, false), "by value");
        assertEquals(List.of(2L, 3L), range(store, 1.5, 3.5, false), "of bounds that are not there");
        assertEquals(List.of(1L, 2L), range(store, null, 2L, false));
        assertEquals(List.of(5L, 4L), range(store, 4L, null, true));
        assertEquals(List.of(5L, 4L, 3L, 2L, 1L), range(store, null, null, true));
        assertEquals(List.of(), range(store, 6L, null, false));
        assertEquals(List.of(), range(store, 4L, 2L, false), "the wrong way round");
        assertEquals(List.of(), range(store, 4L, 2L, true), "the wrong way round");
    }

    private static List<Object> range(Store store, @Nullable Object from, @Nullable Object to, boolean reverse) {
        List<Object> keys = new ArrayList<>();
        for (Iterator<Tuple> rows = store.range(from, to, reverse); rows.hasNext(); ) {
            keys.add(key(rows.next()));
        }
        return keys;
    }

    @Test
    void rangeBearsChange() {
        for (boolean reverse : new boolean[] {false, true}) {
            Store store = filled(newStoreOf(TableType.ORDERED_SET));
            Set<Object> met = new HashSet<>();
            Iterator<Tuple> rows = store.range(100L, 900L, reverse);
            for (long step = 0; rows.hasNext(); step++) {
                Tuple row = Objects.requireNonNull(rows.next());
                met.add(key(row));
                store.remove(step);
                store.put(row(100.5 + step, "added"));
            }
            // Those that were taken away may have been met or not.
            LongStream.rangeClosed(reverse ? 850 : 100, reverse ? 900 : 150)
                    .filter(key -> store.get(key) != null)
                    .forEach(key -> assertEquals(true, met.contains(key), () -> "missed " + key));
        }
    }

    private static Store filled(Store store) {
        store.putAll(LongStream.range(0, MANY).mapToObj(key -> row(key, "row")).toList());
        return store;
    }
}
