// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

abstract class SingleWritesContract extends StoreContract {
    SingleWritesContract(EngineConformance tested) {
        super(tested);
    }

    /** Compare and set: of two that saw the same row, one wins. */
    @ParameterizedTest
    @MethodSource("types")
    void noIncrementIsLost(TableType type) throws Exception {
        Store store = newStore(type);
        store.put(row("counter", 0));
        LongAdder increments = new LongAdder();
        Together.Deed increment = random -> {
            Tuple seen;
            do {
                seen = Objects.requireNonNull(store.get("counter"));
            } while (!store.replace(seen, row("counter", seen.getLong(0) + 1)));
            increments.increment();
        };
        Together.run(increment, increment, increment);
        assertEquals(List.of(row("counter", increments.sum())), store.toList());
    }

    @ParameterizedTest
    @MethodSource("types")
    void keyIsInsertedByOne_andRowsAreTakenByOne(TableType type) throws Exception {
        Store store = newStore(type);
        LongAdder inserted = new LongAdder();
        LongAdder taken = new LongAdder();
        Together.Deed insert = random -> {
            if (store.insertNew(row((long) random.nextInt(8), 0))) {
                inserted.increment();
            }
        };
        Together.Deed take =
                random -> taken.add(store.remove((long) random.nextInt(8)).size());
        Together.Deed takeRow = random -> taken.add(store.removeRow(row((long) random.nextInt(8), 0)));
        Together.run(insert, insert, take, takeRow);
        assertEquals(inserted.sum(), taken.sum() + store.size());
        assertEquals(store.size(), store.toList().size());
    }

    @ParameterizedTest
    @MethodSource("types")
    void rowsOfOneKeyAreAllKept(TableType type) throws Exception {
        Store store = newStore(type);
        AtomicLong number = new AtomicLong();
        Together.Deed add = random -> store.put(row("key", number.getAndIncrement() % 500));
        Together.run(add, add, add);
        Map<Tuple, Integer> copies = new HashMap<>();
        store.lookup("key").forEach(row -> copies.merge(row, 1, Integer::sum));
        switch (type) {
            case SET, ORDERED_SET -> assertEquals(1, store.size());
            case BAG -> assertTrue(copies.values().stream().allMatch(count -> count == 1));
            case DUPLICATE_BAG -> assertEquals(number.get(), store.size());
        }
        assertEquals(store.size(), store.lookup("key").size());
    }

    /** Between the old row and the new one, there is no moment without. */
    @ParameterizedTest
    @MethodSource("types")
    void replacementIsNoRemoval(TableType type) throws Exception {
        Store store = newStore(type);
        store.put(row(1, 0));
        store.put(row(2, 0));
        Together.Deed replace = random -> {
            Tuple seen = Objects.requireNonNull(store.get(1L));
            store.replace(seen, row(1, seen.getLong(0) + 1));
        };
        Together.Deed read = random -> {
            assertNotNull(store.get(1L));
            assertEquals(1, store.lookup(1L).size());
            assertEquals(2, store.size());
            assertEquals(2, store.toList().size());
        };
        Together.run(replace, read, read);
    }

    @Test
    void puttingOverARowIsNoRemoval_inSets() throws Exception {
        for (TableType type : types()) {
            if (type.isSet()) {
                Store store = newStore(type);
                store.put(row(1, 0));
                Together.run(
                        random -> store.put(row(random.nextBoolean() ? 1L : 1.0, random.nextInt())),
                        random -> assertTrue(store.get(1L) != null || type == TableType.SET && store.get(1.0) != null),
                        random -> assertTrue(store.size() >= 1));
            }
        }
    }
}
