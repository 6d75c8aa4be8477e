// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without concurrency a store is what a plain tree of lists is, whatever is done to it. */
class StoreModelTest {

    /** Few, so that they meet; some are equal by value only, some have the same hash, some the same digest. */
    private static final List<Object> KEYS = List.of(
            1L,
            1.0,
            2L,
            1L << 32 | 3,
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            2.5,
            0.0,
            -0.0,
            "a",
            "b",
            Tuple.of(1),
            Tuple.of(1.0),
            Terms.keyOf(List.of(1)),
            "Aa",
            "BB");

    /** A write, and its answer. */
    @FunctionalInterface
    interface Step {
        @Nullable
        Object run(Store store);
    }

    @Property(tries = 1000)
    void storeOfManyKeysIsLikeTheModel(@ForAll TableType type, @ForAll("steps") List<Step> steps) {
        run(type, steps);
    }

    @Property(tries = 1000)
    void storeOfManyRowsIsLikeTheModel(@ForAll TableType type, @ForAll("stepsOnTwoKeys") List<Step> steps) {
        run(type, steps);
    }

    private static void run(TableType type, List<Step> steps) {
        Store store = new HeapEngine().newStore(type, 1);
        Store model = new ModelStore(type, 1);
        List<List<Tuple>> lookups = new ArrayList<>();
        List<List<Tuple>> copies = new ArrayList<>();
        for (Step step : steps) {
            assertThat(step.run(store)).isEqualTo(step.run(model));
            assertThat(store.size()).isEqualTo(model.size());
            assertThat(store.first()).isEqualTo(model.first());
            assertThat(store.last()).isEqualTo(model.last());
            lookups.add(store.lookup("a"));
            copies.add(List.copyOf(model.lookup("a")));
        }
        assertThat(lookups).isEqualTo(copies); // no write changes what was looked up before it
        assertThat(store.toList()).containsExactlyInAnyOrderElementsOf(model.toList());
        assertThat(Rows.traverse(store)).isEqualTo(store.toList());
        for (Object key : KEYS) {
            assertThat(store.get(key)).isEqualTo(model.get(key));
            assertThat(store.lookup(key)).isEqualTo(model.lookup(key));
            assertThat(store.next(key)).isEqualTo(model.next(key));
            assertThat(store.prev(key)).isEqualTo(model.prev(key));
        }
        if (type == TableType.ORDERED_SET) {
            assertThat(store.toList()).isEqualTo(model.toList());
            assertRangesLike(store, model);
        }
    }

    private static void assertRangesLike(Store store, Store model) {
        List<@Nullable Object> bounds = new ArrayList<>(KEYS);
        bounds.add(null);
        for (Object from : bounds) {
            for (Object to : bounds) {
                assertThat(Rows.list(store.range(from, to, false))).isEqualTo(Rows.list(model.range(from, to, false)));
                assertThat(Rows.list(store.range(from, to, true))).isEqualTo(Rows.list(model.range(from, to, true)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ORDERED_SET")
    void onlyAnOrderedSetHasRanges(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        assertThatThrownBy(() -> store.range(null, null, false)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void lookupCannotBeChanged(TableType type) {
        Store store = new HeapEngine().newStore(type, 0);
        store.putAll(List.of(Rows.row(1, 1), Rows.row(1, 2)));
        assertThatThrownBy(() -> store.lookup(1L).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return steps(Arbitraries.of(KEYS), 2, 6);
    }

    /** So many rows under each that the arrays grow and the sets come in. */
    @Provide
    Arbitrary<List<Step>> stepsOnTwoKeys() {
        return steps(Arbitraries.of("a", "b"), 60, 40);
    }

    private static Arbitrary<List<Step>> steps(Arbitrary<?> keys, long greatest, int batch) {
        Arbitrary<Tuple> rows = Combinators.combine(Arbitraries.longs().between(0, greatest), keys)
                .as((value, key) -> Tuple.of(value, key));
        Arbitrary<Step> step = Arbitraries.oneOf(
                rows.map(StoreModelTest::put),
                rows.map(row -> store -> store.insertNew(row)),
                Combinators.combine(rows, Arbitraries.longs().between(0, greatest))
                        .as(StoreModelTest::replace),
                keys.map(key -> store -> store.remove(key)),
                rows.map(row -> store -> store.removeRow(row)),
                rows.list().ofMaxSize(batch).map(StoreModelTest::putAll));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(30, step), net.jqwik.api.Tuple.of(1, clear()))
                .list()
                .ofMaxSize(40);
    }

    private static Step put(Tuple row) {
        return store -> {
            store.put(row);
            return null;
        };
    }

    /** Unless it would make two rows of a bag equal: then it says so. */
    private static Step replace(Tuple row, long expectedValue) {
        Tuple expected = row.with(0, expectedValue);
        return store -> {
            boolean there = store.lookup(row.get(1)).contains(row);
            return there && !Objects.equals(row, expected) ? "two" : store.replace(expected, row);
        };
    }

    private static Step putAll(List<Tuple> rows) {
        return store -> {
            store.putAll(rows);
            return null;
        };
    }

    private static Arbitrary<Step> clear() {
        return Arbitraries.just(store -> {
            store.clear();
            return null;
        });
    }
}
