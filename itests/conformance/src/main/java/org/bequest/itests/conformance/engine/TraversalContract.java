// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

abstract class TraversalContract extends StoreContract {
    private static final String STAYS = "stays";

    TraversalContract(EngineConformance tested) {
        super(tested);
    }

    @ParameterizedTest
    @MethodSource("types")
    void iteratorEnds_andRemovesNothing(TableType type) {
        Store store = newStore(type);
        store.put(row(1, "a"));
        Iterator<Tuple> rows = store.iterator();
        assertTrue(rows.hasNext());
        assertTrue(rows.hasNext(), "asking twice skips nothing");
        rows.next();
        assertThrows(UnsupportedOperationException.class, rows::remove);
        assertFalse(rows.hasNext());
        assertThrows(NoSuchElementException.class, rows::next);
    }

    @ParameterizedTest
    @MethodSource("types")
    void rowsOfAKeyAreMetTogether(TableType type) {
        Store store = newStore(type);
        for (long i = 0; i < 300; i++) {
            store.put(row(i % 30, i % 60));
        }
        Set<Object> done = new HashSet<>();
        Object last = "none";
        for (Tuple row : rows(store)) {
            if (!key(row).equals(last)) {
                assertTrue(done.add(key(row)), () -> "back at key " + key(row));
                last = key(row);
            }
        }
        assertEquals(30, done.size());
        assertEquals(store.size(), rows(store).size());
    }

    @ParameterizedTest
    @MethodSource("types")
    void rowsThatStayAreMetOnce_whateverChangesBetweenTwoSteps(TableType type) {
        Seeds.each(200, random -> {
            Store store = newStore(type);
            Map<Tuple, Integer> staying = fill(store, type, random);
            Map<Tuple, Integer> met = new HashMap<>();
            for (Iterator<Tuple> rows = store.iterator(); rows.hasNext(); ) {
                met.merge(rows.next(), 1, Integer::sum);
                change(store, random);
            }
            staying.forEach((row, copies) -> assertEquals(copies, met.get(row), () -> "how often " + row));
        });
    }

    /** Some keys whose rows stay, each with rows of another key beside it that may come and go. */
    private static Map<Tuple, Integer> fill(Store store, TableType type, Random random) {
        Map<Tuple, Integer> staying = new HashMap<>();
        for (int i = random.nextInt(40); i >= 0; i--) {
            Tuple row = row(Tuple.of(STAYS, i), i);
            store.put(row);
            staying.put(row, 1);
            if (type == TableType.DUPLICATE_BAG && random.nextBoolean()) {
                store.put(row);
                staying.put(row, 2);
            }
            store.put(row(i, 0));
        }
        return staying;
    }

    private static void change(Store store, Random random) {
        long key = random.nextInt(40);
        switch (random.nextInt(6)) {
            case 0 -> store.put(row(key, random.nextInt(3)));
            case 1 -> store.remove(key);
            case 2 -> store.removeRow(row(key, 0));
            case 3 -> store.replace(row(key, 0), row(key, 5));
            case 4 ->
                store.putAll(LongStream.range(key, key + random.nextInt(60))
                        .mapToObj(added -> row(added + 100 * random.nextInt(5), 1))
                        .toList());
            default -> {
                // Sometimes nothing.
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void clearEndsNoTraversalBadly(TableType type) {
        Store store = newStore(type);
        store.putAll(LongStream.range(0, 100).mapToObj(key -> row(key, 0)).toList());
        Iterator<Tuple> rows = store.iterator();
        rows.next();
        store.clear();
        int more = 0;
        for (; rows.hasNext(); rows.next()) {
            more++;
        }
        assertTrue(more < 100);
    }

    @ParameterizedTest
    @MethodSource("types")
    void rowsThatStayAreMetOnce_whileOthersWrite(TableType type) throws Exception {
        Store store = newStore(type);
        List<Tuple> staying =
                LongStream.range(0, 200).mapToObj(key -> row(key, STAYS)).toList();
        store.putAll(staying);
        Together.run(
                random -> {
                    double key = random.nextInt(2_000) + 0.5;
                    if (random.nextBoolean()) {
                        store.put(row(key, 1));
                    } else {
                        store.remove(key);
                    }
                },
                random -> {
                    Set<Tuple> met = new HashSet<>();
                    int count = 0;
                    for (Tuple row : rows(store)) {
                        if (STAYS.equals(row.get(0))) {
                            met.add(row);
                            count++;
                        }
                    }
                    assertEquals(staying.size(), count);
                    assertEquals(staying.size(), met.size());
                });
    }
}
