// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One thread writes generation after generation; whoever reads meanwhile sees each whole or not at all. */
abstract class BatchContract extends StoreContract {
    private static final long KEYS = 24;

    BatchContract(EngineConformance tested) {
        super(tested);
    }

    private static List<Tuple> generation(long number, long keys) {
        return LongStream.range(0, keys).mapToObj(key -> row(key, number)).toList();
    }

    /** Puts a generation in, and in bags, where nothing takes another's place, only after the one before has been removed. */
    private static Together.Deed writer(Store store, TableType type) {
        AtomicLong number = new AtomicLong(1);
        return random -> {
            if (!type.isSet()) {
                store.clear();
            }
            store.putAll(generation(number.incrementAndGet(), KEYS));
        };
    }

    private static long latest(Store store, long key) {
        return store.lookup(key).stream().mapToLong(row -> row.getLong(0)).max().orElse(0);
    }

    @ParameterizedTest
    @MethodSource("types")
    void noReadIsOlderThanTheOneBefore(TableType type) throws Exception {
        Store store = newStore(type);
        store.putAll(generation(1, KEYS));
        // In bags a key may be without rows just now, which is neither older nor newer.
        Together.Deed upwards = random -> {
            long seen = 0;
            for (long key = 0; key < KEYS; key++) {
                long generation = latest(store, key);
                assertNotOlder(generation == 0 && !type.isSet() ? seen : generation, seen);
                seen = Math.max(seen, generation);
            }
        };
        Together.Deed downwards = random -> {
            long seen = 0;
            for (long key = KEYS - 1; key >= 0; key--) {
                long generation = latest(store, key);
                assertNotOlder(generation == 0 && !type.isSet() ? seen : generation, seen);
                seen = Math.max(seen, generation);
            }
        };
        Together.run(writer(store, type), upwards, downwards);
    }

    @ParameterizedTest
    @MethodSource("types")
    void noRowOfATraversalIsOlderThanAReadBefore(TableType type) throws Exception {
        Store store = newStore(type);
        store.putAll(generation(1, KEYS));
        Together.run(writer(store, type), random -> {
            long seen = 0;
            int rows = 0;
            for (Iterator<Tuple> i = store.iterator(); i.hasNext(); rows++) {
                long generation = i.next().getLong(0);
                assertNotOlder(generation, seen);
                seen = Math.max(generation, latest(store, rows % KEYS));
            }
            assertTrue(rows == KEYS || !type.isSet());
        });
    }

    @ParameterizedTest
    @MethodSource("types")
    void listAndSizeAndStepsHoldEachBatchWhole(TableType type) throws Exception {
        Store store = newStore(type);
        AtomicLong number = new AtomicLong();
        Set<Long> sizes = Set.of(0L, KEYS);
        Together.run(
                random -> {
                    store.clear();
                    store.putAll(generation(number.incrementAndGet(), KEYS));
                },
                random -> {
                    List<Tuple> rows = store.toList();
                    assertTrue(sizes.contains((long) rows.size()), () -> "list of " + rows.size());
                    assertTrue(
                            rows.stream()
                                            .map(row -> row.get(0))
                                            .collect(Collectors.toSet())
                                            .size()
                                    < 2,
                            () -> "parts of several batches: " + rows);
                },
                random -> {
                    long size = store.size();
                    assertTrue(sizes.contains(size), () -> "size " + size);
                },
                random -> {
                    if (type == TableType.ORDERED_SET) {
                        Object first = store.first();
                        assertTrue(first == null || first.equals(0L), () -> "first " + first);
                        Object last = store.last();
                        assertTrue(last == null || last.equals(KEYS - 1), () -> "last " + last);
                        Object next = store.next(3L);
                        assertTrue(next == null || next.equals(4L), () -> "next " + next);
                    }
                });
    }

    /** The list takes far longer than a batch: it must neither be torn nor wait for ever. */
    @ParameterizedTest
    @MethodSource("types")
    void longListIsRead_inAStreamOfBatches(TableType type) throws Exception {
        Store store = newStore(type);
        long many = 20_000;
        store.putAll(generation(1, many));
        AtomicLong number = new AtomicLong(1);
        Together.run(
                random -> {
                    long next = number.incrementAndGet();
                    store.putAll(List.of(row(0L, next), row(many - 1, next)));
                    if (!type.isSet() && next % 100 == 0) {
                        store.remove(0L);
                        store.remove(many - 1);
                    }
                },
                random -> {
                    if (type.isSet()) {
                        List<Tuple> rows = store.toList();
                        assertEquals(many, rows.size());
                        List<Object> ends = rows.stream()
                                .filter(row -> key(row).equals(0L) || key(row).equals(many - 1))
                                .map(row -> (Object) row.getLong(0))
                                .toList();
                        assertEquals(ends.get(0), ends.get(1));
                    } else {
                        assertTrue(store.toList().size() >= many - 2);
                    }
                });
    }

    private static void assertNotOlder(long generation, long seen) {
        assertTrue(generation >= seen, () -> "generation " + generation + " after " + seen);
    }
}
