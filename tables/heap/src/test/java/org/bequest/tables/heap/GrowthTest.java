// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.tables.heap.Rows.row;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that grow and shrink by thousands of rows, alone and under readers. */
class GrowthTest {

    /** What the number of a key may stand for. */
    enum Keys {
        LONGS(i -> i),
        SPREAD(i -> i * 0x9E3779B97F4A7C15L),
        DOUBLES(i -> i / 1024.0),
        OF_ONE_PREFIX(i -> "some/long/prefix/" + i),
        PAIRS(i -> Tuple.of(i % 64, i / 64)),
        DAYS(i -> LocalDate.ofEpochDay(i)),
        PIDS(i -> new Pid(7, i)),
        /** All have the same, so a set has them all in one slot. */
        OF_ONE_HASH(GrowthTest::ofOneHash),
        /** All are at home in one slot, until the table has been cut very often. */
        OF_CODES_SIDE_BY_SIDE(i -> ofCode(0x7FFFF000 + (int) i));

        final LongFunction<Object> key;

        Keys(LongFunction<Object> key) {
            this.key = i -> Terms.keyOf(key.apply(i));
        }
    }

    private static String ofOneHash(long i) {
        StringBuilder string = new StringBuilder();
        for (int bit = 0; bit < 14; bit++) {
            string.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return string.toString();
    }

    /** The inverse of {@link HashOrder#code}. */
    private static long ofCode(int code) {
        int hash = code * inverse(0xC2B2AE35);
        hash = (hash ^ hash >>> 13 ^ hash >>> 26) * inverse(0x85EBCA6B);
        return Integer.toUnsignedLong(hash ^ hash >>> 16);
    }

    private static int inverse(int odd) {
        return BigInteger.valueOf(odd)
                .modInverse(BigInteger.ONE.shiftLeft(Integer.SIZE))
                .intValue();
    }

    @Test
    void crowdedKeysAreCrowded() {
        assertThat(HashOrder.code(ofCode(0x7FFFF123))).isEqualTo(0x7FFFF123);
        assertThat(HashOrder.code(ofOneHash(9))).isEqualTo(HashOrder.code(ofOneHash(12_345)));
    }

    @Property(tries = 60)
    void largeStoreIsLikeTheModel(@ForAll TableType type, @ForAll Keys keys, @ForAll long seed) {
        Store store = new HeapEngine().newStore(type, 0);
        Store model = new ModelStore(type, 0);
        Random random = new Random(seed);
        int range = 1 + random.nextInt(12_000);
        for (int phase = 0; phase < 4; phase++) {
            int removals = random.nextInt(9); // of 10 writes
            boolean inOrder = random.nextInt(4) == 0;
            for (int i = 0; i < range; i++) {
                Object key = keys.key.apply(inOrder ? i : random.nextInt(range));
                Tuple row = row(key, random.nextInt(3));
                if (random.nextInt(10) < removals) {
                    assertThat(store.remove(key)).isEqualTo(model.remove(key));
                } else if (random.nextInt(50) == 0) {
                    List<Tuple> batch = LongStream.range(0, 20)
                            .mapToObj(k -> row(keys.key.apply(random.nextInt(range)), k))
                            .toList();
                    store.putAll(batch);
                    model.putAll(batch);
                } else {
                    store.put(row);
                    model.put(row);
                }
            }
            assertLike(store, model, keys, random, range);
        }
    }

    private static void assertLike(Store store, Store model, Keys keys, Random random, int range) {
        assertThat(store.size()).isEqualTo(model.size());
        assertThat(Rows.walk(store)).isEqualTo(Rows.walk(model));
        assertThat(Rows.walkBack(store)).isEqualTo(Rows.walkBack(model));
        assertThat(Rows.traverse(store)).isEqualTo(store.toList());
        assertThat(store.toList()).containsExactlyInAnyOrderElementsOf(model.toList());
        for (int i = 0; i < 300; i++) {
            Object key = keys.key.apply(random.nextInt(range + 10));
            assertThat(store.lookup(key)).isEqualTo(model.lookup(key));
            assertThat(store.next(key)).isEqualTo(model.next(key));
            assertThat(store.prev(key)).isEqualTo(model.prev(key));
        }
    }

    @Property(tries = 40)
    void largeRangesAreLikeTheModels(@ForAll Keys keys, @ForAll long seed) {
        Store store = new HeapEngine().newStore(TableType.ORDERED_SET, 0);
        Store model = new ModelStore(TableType.ORDERED_SET, 0);
        Random random = new Random(seed);
        int range = 1 + random.nextInt(3000);
        for (int i = 0; i < range; i++) {
            Tuple row = row(keys.key.apply(random.nextInt(range)), 1);
            store.put(row);
            model.put(row);
        }
        for (int i = 0; i < 30; i++) {
            Object from = random.nextInt(9) == 0 ? null : keys.key.apply(random.nextInt(range));
            Object to = random.nextInt(9) == 0 ? null : keys.key.apply(random.nextInt(range));
            assertThat(Rows.list(store.range(from, to, false))).isEqualTo(Rows.list(model.range(from, to, false)));
            assertThat(Rows.list(store.range(from, to, true))).isEqualTo(Rows.list(model.range(from, to, true)));
        }
    }

    private static final long KEYS = 20_000;
    private static final long STEP = 50; // every such key stays

    private static Object mixed(long i) {
        return i * 0x9E3779B97F4A7C15L;
    }

    /** All keys but those that stay come, in one order, and go, in another. */
    private static void comeAndGo(Store store) {
        for (int round = 0; round < 6; round++) {
            long coming = round % 2 == 0 ? 1 : 7;
            LongStream.range(0, KEYS)
                    .map(i -> i * coming % KEYS)
                    .filter(i -> i % STEP != 0)
                    .forEach(i -> store.put(row(mixed(i), 1)));
            LongStream.range(0, KEYS).filter(i -> i % STEP != 0).forEach(i -> store.remove(mixed(i)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysThatStayAreFound_whileTheTableGrowsAndShrinks(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        LongStream.range(0, KEYS / STEP).forEach(i -> store.put(row(mixed(i * STEP), 1)));
        List<Object> staying = LongStream.range(0, KEYS / STEP)
                .mapToObj(i -> mixed(i * STEP))
                .sorted(Terms.ORDER)
                .toList();
        Together.writeAndRead(
                () -> comeAndGo(store),
                () -> {
                    for (Object key : staying) {
                        assertThat(store.get(key)).isNotNull();
                    }
                },
                () -> assertSeenOnce(type, staying, store.iterator()),
                () -> assertSeenOnce(type, staying, store.toList().iterator()),
                () -> {
                    List<Tuple> rows = new ArrayList<>();
                    for (Object key = store.first(); key != null; key = store.next(key)) {
                        rows.add(row(key, 1));
                    }
                    assertSeenOnce(type, staying, rows.iterator());
                });
        assertThat(store.size()).isEqualTo(KEYS / STEP);
    }

    @ParameterizedTest
    @EnumSource(names = "ORDERED_SET")
    void rangesHoldWhatStays_whileTheTableGrowsAndShrinks(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        LongStream.range(0, KEYS / STEP).forEach(i -> store.put(row(mixed(i * STEP), 1)));
        List<Object> staying = LongStream.range(0, KEYS / STEP)
                .mapToObj(i -> mixed(i * STEP))
                .sorted(Terms.ORDER)
                .toList();
        List<Object> middle = staying.subList(100, 300);
        Together.writeAndRead(
                () -> comeAndGo(store),
                () -> assertSeenOnce(type, middle, store.range(middle.get(0), middle.get(199), false)),
                () -> {
                    List<Tuple> rows = Rows.list(store.range(middle.get(0), middle.get(199), true));
                    Collections.reverse(rows);
                    assertSeenOnce(type, middle, rows.iterator());
                });
    }

    private static void assertSeenOnce(TableType type, List<Object> staying, Iterator<Tuple> rows) {
        List<Object> seen = new ArrayList<>();
        Object last = null;
        while (rows.hasNext()) {
            Object key = Objects.requireNonNull(rows.next().get(0));
            if (type == TableType.ORDERED_SET && last != null) {
                assertThat(Terms.compare(last, key)).isNegative();
            }
            last = key;
            if ((Long) key * 0xF1DE83E19937733DL % STEP == 0) {
                seen.add(key);
            }
        }
        seen.sort(Terms.ORDER);
        assertThat(seen).isEqualTo(staying);
    }

    /** The segment or leaf that the traversal is in has been replaced, and what it holds is old. */
    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void traversalIsNeverOlderThanOtherReads_whenTheTableHasGrown(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        LongStream.range(0, 1000).forEach(i -> store.put(row(mixed(i), 1)));
        Iterator<Tuple> rows = store.iterator();
        rows.next();
        LongStream.range(1000, 5000).forEach(i -> store.put(row(mixed(i), 2)));
        LongStream.range(0, 1000).forEach(i -> store.put(row(mixed(i), 2)));
        List<Tuple> others = Rows.list(rows);
        assertThat(others).hasSizeGreaterThanOrEqualTo(999).allMatch(row -> row.getLong(1) == 2);
    }

    /** Several writers, each with keys of its own, which meet in the same segments and leaves. */
    @ParameterizedTest
    @EnumSource
    void noWriteIsLost_whileSeveralGrowTheTable(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        List<Callable<Object>> writers = new ArrayList<>();
        for (long writer = 0; writer < 4; writer++) {
            long me = writer;
            writers.add(() -> {
                for (long i = me; i < KEYS; i += 4) {
                    store.put(row(mixed(i), i));
                    assertThat(store.get(mixed(i))).isNotNull();
                }
                for (long i = me; i < KEYS; i += 4) {
                    if (i % STEP != 0) {
                        assertThat(store.remove(mixed(i))).hasSize(1);
                        assertThat(store.get(mixed(i))).isNull();
                    }
                }
                return me;
            });
        }
        Together.run(writers);
        assertThat(store.size()).isEqualTo(KEYS / STEP);
        assertThat(store.toList()).hasSize((int) (KEYS / STEP));
    }

    @ParameterizedTest
    @EnumSource
    void batchesAreWhole_whileTheTableGrows(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        int rows = 500;
        Together.writeAndRead(
                () -> {
                    for (long g = 0; g < 60; g++) {
                        long from = g * rows;
                        store.putAll(LongStream.range(from, from + rows)
                                .mapToObj(i -> row(mixed(i), i))
                                .toList());
                    }
                },
                () -> assertThat(store.toList().size() % rows).isZero(),
                () -> assertThat(store.size() % rows).isZero(),
                () -> {
                    boolean last = store.get(mixed(rows - 1)) != null;
                    assertThat(store.get(mixed(0)) != null || !last).isTrue();
                });
    }

    private static void putAtTheEndOfTheStack(Store store, AtomicInteger next) {
        try {
            putAtTheEndOfTheStack(store, next);
        } catch (StackOverflowError endOfStack) {
            // As deep as one can get; on the way back there is more and more room.
        }
        try {
            store.put(row(mixed(next.get() % KEYS), 1));
            next.incrementAndGet();
        } catch (StackOverflowError again) {
            // Tried once more from where there is more room.
        }
    }

    /** Once a node is marked as replaced nothing may fail before the next is shown: all writers would try for ever. */
    @ParameterizedTest
    @EnumSource
    void tableGoesOn_whenWritersRunOutOfStack(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            Thread thread = new Thread(null, () -> putAtTheEndOfTheStack(store, next), "deep", 200_000);
            thread.setDaemon(true);
            thread.start();
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(next).hasPositiveValue();
        for (long i = 0; i < Math.min(next.get(), KEYS); i++) {
            assertThat(store.get(mixed(i))).isNotNull();
        }
    }
}
