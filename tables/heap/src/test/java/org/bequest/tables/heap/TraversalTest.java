// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.tables.heap.Rows.row;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever way the rows are gone through, and whatever goes on meanwhile: each row that stays is seen exactly once. */
class TraversalTest {

    /** The ways. Even keys stay and odd keys come and go; of the rows under one key, those with even values stay. */
    enum Way {
        ITERATOR(Store::iterator),
        SCAN(Store::iterator),
        STEPS(store -> new Steps(store, store.first(), store::next)),
        STEPS_BACK(store -> new Steps(store, store.last(), store::prev)),
        RANGE(store -> store.range(null, null, false)),
        RANGE_BACK(store -> store.range(-1L, Long.MAX_VALUE, true)),
        RANGE_SCAN(store -> store.range(-1L, null, false)),
        RANGE_BACK_SCAN(store -> store.range(null, Long.MAX_VALUE, true));

        final Function<Store, Iterator<Tuple>> through;

        Way(Function<Store, Iterator<Tuple>> through) {
            this.through = through;
        }

        boolean fits(TableType type) {
            return type == TableType.ORDERED_SET || this.compareTo(RANGE) < 0;
        }

        void go(Store store, Consumer<Tuple> action) {
            Iterator<Tuple> rows = through.apply(store);
            if (name().endsWith("SCAN")) {
                rows.forEachRemaining(action);
            } else {
                while (rows.hasNext()) {
                    action.accept(rows.next());
                }
            }
        }

        /** Each row as it is when it is asked for, and not some before. */
        boolean isStrict() {
            return this == ITERATOR || this == RANGE || this == RANGE_BACK;
        }
    }

    /** The rows of one key after the other, as fixed traversal with first and next. */
    private static final class Steps implements Iterator<Tuple> {
        private final Store store;
        private final UnaryOperator<Object> step;
        private @Nullable Object key;
        private Iterator<Tuple> rows;

        Steps(Store store, @Nullable Object start, UnaryOperator<Object> step) {
            this.store = store;
            this.step = step;
            this.key = start;
            this.rows = rows();
        }

        private Iterator<Tuple> rows() {
            return key == null ? List.<Tuple>of().iterator() : store.lookup(key).iterator();
        }

        @Override
        public boolean hasNext() {
            while (key != null && !rows.hasNext()) {
                key = step.apply(key);
                rows = rows();
            }
            return key != null;
        }

        @Override
        public Tuple next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rows.next();
        }
    }

    private static final int KEYS = 40;
    private static final int VALUES = 40;

    /** Rows that stay: in a bag many under the one key 0, in a duplicate bag each of these twice. */
    private static List<Tuple> staying(TableType type) {
        List<Tuple> rows = new ArrayList<>();
        for (long key = 0; key < KEYS; key += 2) {
            rows.add(row(key, 0));
        }
        if (!type.isSet()) {
            for (long value = 2; value < VALUES; value += 2) {
                rows.add(row(0, value));
            }
        }
        if (type == TableType.DUPLICATE_BAG) {
            rows.addAll(List.copyOf(rows));
        }
        return rows;
    }

    private static boolean stays(Tuple row) {
        return row.getLong(0) % 2 == 0 && row.getLong(1) % 2 == 0;
    }

    /** Any write that leaves alone the rows that stay. */
    private static void write(Store store, TableType type, Random random) {
        boolean underOneKey = !type.isSet() && random.nextBoolean();
        Tuple row = underOneKey ? row(0, odd(random, VALUES)) : row(odd(random, KEYS), random.nextInt(3));
        switch (random.nextInt(6)) {
            case 0 -> store.put(row);
            case 1 -> store.insertNew(row);
            case 2 -> store.removeRow(row);
            case 3 -> store.putAll(List.of(row, row(odd(random, KEYS), 7), row(odd(random, KEYS), 9)));
            case 4 -> {
                if (!underOneKey) {
                    store.remove(row.get(0));
                }
            }
            default -> {
                Tuple other = row.with(1, row.getLong(1) + 2 * VALUES);
                if (type != TableType.BAG || !store.lookup(row.get(0)).contains(other)) {
                    store.replace(row, other);
                }
            }
        }
    }

    private static long odd(Random random, int bound) {
        return random.nextInt(bound / 2) * 2 + 1;
    }

    @Property(tries = 2000)
    void rowsThatStayAreSeenOnce_whateverIsWrittenInBetween(
            @ForAll TableType type, @ForAll Way way, @ForAll @IntRange(max = 6) int writes, @ForAll long seed) {
        if (!way.fits(type)) {
            return;
        }
        Random random = new Random(seed);
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(staying(type));
        for (int i = 0; i < 50; i++) {
            write(store, type, random);
        }
        List<Tuple> seen = new ArrayList<>();
        way.go(store, row -> {
            seen.add(row);
            assertThat(!way.isStrict() || store.lookup(row.get(0)).contains(row))
                    .as("%s is there when it is seen", row)
                    .isTrue();
            for (int i = 0; i < writes; i++) {
                write(store, type, random);
            }
        });
        seen.removeIf(row -> !stays(row));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(staying(type));
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatStayAreSeenOnce_whileAnotherWrites(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(staying(type));
        Random random = new Random(1);
        Runnable[] readers = List.of(Way.values()).stream()
                .filter(way -> way.fits(type))
                .map(way -> (Runnable) () -> {
                    List<Tuple> seen = new ArrayList<>();
                    way.go(store, seen::add);
                    seen.removeIf(row -> !stays(row));
                    assertThat(seen).as("%s", way).containsExactlyInAnyOrderElementsOf(staying(type));
                })
                .toArray(Runnable[]::new);
        Together.writeAndRead(
                () -> {
                    for (int i = 0; i < 100_000; i++) {
                        write(store, type, random);
                    }
                },
                readers);
    }

    /** Where the order has an index, others have it built just while the rows come and go. */
    @ParameterizedTest
    @EnumSource
    void walkFindsAllThatWasPutBefore(TableType type) throws Exception {
        Store store = new HeapEngine().newStore(type, 0);
        Together.writeAndRead(
                () -> {
                    for (int round = 0; round < 3000; round++) {
                        store.clear();
                        LongStream.range(0, 100).forEach(key -> store.put(row(key, 1)));
                        LongStream.range(0, 50).forEach(store::remove);
                        LongStream.range(0, 20).forEach(key -> store.insertNew(row(key, 1)));
                        assertThat(Rows.walk(store)).hasSize(70).doesNotHaveDuplicates();
                    }
                },
                () -> store.next(7L),
                store::first);
    }

    /** Where the order has an index, it is given up on the way, since it is not asked for. */
    @ParameterizedTest
    @EnumSource
    void walkFindsAll_afterManyWrites(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        assertThat(store.first()).isNull();
        LongStream.range(0, 5000).forEach(key -> store.put(row(key, 1)));
        assertThat(Rows.walk(store)).hasSize(5000);
        LongStream.range(0, 4990).forEach(store::remove);
        LongStream.range(0, 5).forEach(key -> store.put(row(key, 1)));
        assertThat(Rows.walk(store)).hasSize(15);
    }

    /** As a queue is used: take the first, put another. It must not sort each time. */
    @ParameterizedTest
    @EnumSource
    @Timeout(10)
    void firstIsCheap_whenRowsComeAndGo(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        LongStream.range(0, 50_000).forEach(key -> store.put(row(key, 1)));
        for (long key = 50_000; key < 100_000; key++) {
            assertThat(store.remove(store.first())).hasSize(1);
            store.put(row(key, 1));
        }
        assertThat(store.size()).isEqualTo(50_000);
    }

    /** A migration, for one, must not come back to its own rows. */
    @ParameterizedTest
    @EnumSource
    void traversalEnds_ifEachRowIsReplacedAtOnce(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        List<Tuple> rows = staying(type);
        store.putAll(rows);
        int seen = 0;
        for (Iterator<Tuple> i = store.iterator(); i.hasNext(); seen++) {
            Tuple row = i.next();
            assertThat(store.replace(row, row.with(1, row.getLong(1) + 100))).isTrue();
        }
        assertThat(seen).isEqualTo(rows.size());
        assertThat(store.toList()).allSatisfy(row -> assertThat(row.getLong(1)).isBetween(100L, 199L));
    }

    @ParameterizedTest
    @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
    void traversalIsNeverOlderThanOtherReads_underOneKey(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(List.of(row(0, 1), row(0, 2), row(0, 3), row(0, 4)));
        Iterator<Tuple> rows = store.iterator();
        assertThat(rows.next()).isEqualTo(row(0, 1));
        store.removeRow(row(0, 2));
        store.replace(row(0, 3), row(0, 30));
        store.put(row(0, 5));
        assertThat(Rows.list(rows)).containsExactly(row(0, 4));
    }

    /** Growth leaves old segments and leaves behind, in which a scan must not go on as if nothing had happened. */
    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void scanReadsOnlyAFewRowsAhead(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        LongStream.range(0, 1000).forEach(key -> store.put(row(key, 0)));
        List<Tuple> seen = new ArrayList<>();
        store.iterator().forEachRemaining(row -> {
            if (seen.isEmpty()) {
                LongStream.range(1000, 10_000).forEach(key -> store.put(row(key, 1)));
                LongStream.range(0, 1000).forEach(key -> store.put(row(key, 1)));
            }
            seen.add(row);
        });
        assertThat(seen).filteredOn(row -> row.getLong(1) == 0).hasSizeLessThan(100);
        assertThat(seen).filteredOn(row -> row.getLong(0) < 1000).hasSize(1000);
    }

    @ParameterizedTest
    @EnumSource
    void scanFindsWhatIsFoundOneByOne_inThatOrder(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        LongStream.range(0, 1000).forEach(key -> store.put(row(key, 1)));
        List.of("Aa", "BB", "AaAa", "AaBB", "BBAa", "BBBB", 5L, 7L, 7.0)
                .forEach(key -> LongStream.range(2, 9).forEach(value -> store.put(row(key, value))));
        List<Tuple> seen = new ArrayList<>();
        store.iterator().forEachRemaining(seen::add);
        assertThat(seen).isEqualTo(Rows.traverse(store));
    }

    /** To add a row must not be to copy them all, nor to look through them all. */
    @ParameterizedTest
    @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
    @Timeout(10)
    void manyRowsFitUnderOneKey(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        long many = 200_000;
        LongStream.range(0, many).forEach(value -> store.put(row(1, value)));
        store.putAll(LongStream.range(many, 2 * many)
                .mapToObj(value -> row(1, value))
                .toList());
        assertThat(store.size()).isEqualTo(2 * many);
        assertThat(store.lookup(1L).get((int) many)).isEqualTo(row(1, many));
        assertThat(Rows.traverse(store)).hasSize((int) (2 * many));
        assertThat(store.remove(1L)).hasSize((int) (2 * many));
    }
}
