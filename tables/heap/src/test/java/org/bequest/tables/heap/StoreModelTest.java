// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
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

/** Without concurrency a store is what a plain map is, whatever is done to it. */
class StoreModelTest {

    /** Few, so that they meet; some are equal by value only. */
    private static final List<Object> KEYS =
            List.of(1L, 1.0, 2L, 2.5, 0.0, -0.0, "a", "b", Tuple.of(1), Tuple.of(1.0), Terms.keyOf(List.of(1)));

    /** Does the same to both, and returns what each has answered. */
    @FunctionalInterface
    interface Step {
        Answers run(Store store, Map<Object, Tuple> model);
    }

    record Answers(@Nullable Object ofStore, @Nullable Object ofModel) {}

    @Property(tries = 500)
    void setIsHashMap(@ForAll("steps") List<Step> steps) {
        run(steps, new HeapEngine().newStore(TableType.SET, 1), new HashMap<>());
    }

    @Property(tries = 500)
    void orderedSetIsTreeMap(@ForAll("steps") List<Step> steps) {
        Store store = new HeapEngine().newStore(TableType.ORDERED_SET, 1);
        TreeMap<Object, Tuple> model = new TreeMap<>(Terms.ORDER);
        run(steps, store, model);
        assertThat(store.toList()).containsExactlyElementsOf(model.values());
        assertThat(Rows.traverse(store)).containsExactlyElementsOf(model.values());
        assertThat(store.first()).isEqualTo(key(model.firstEntry()));
        assertThat(store.last()).isEqualTo(key(model.lastEntry()));
        for (Object key : KEYS) {
            assertThat(store.next(key)).isEqualTo(key(model.higherEntry(key)));
            assertThat(store.prev(key)).isEqualTo(key(model.lowerEntry(key)));
        }
    }

    private static void run(List<Step> steps, Store store, Map<Object, Tuple> model) {
        for (Step step : steps) {
            Answers answers = step.run(store, model);
            assertThat(answers.ofStore()).isEqualTo(answers.ofModel());
            assertThat(store.size()).isEqualTo(model.size());
        }
        assertThat(store.toList()).containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(Rows.traverse(store)).containsExactlyInAnyOrderElementsOf(model.values());
        for (Object key : KEYS) {
            assertThat(store.get(key)).isEqualTo(model.get(key));
        }
    }

    /** The key in the row: that of the entry may be another one of the same value. */
    private static @Nullable Object key(@Nullable Entry<Object, Tuple> entry) {
        return entry == null ? null : key(entry.getValue());
    }

    private static Object key(Tuple row) {
        return row.toList().get(1);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> step = Arbitraries.oneOf(
                rows().map(StoreModelTest::put),
                rows().map(StoreModelTest::insertNew),
                Combinators.combine(rows(), Arbitraries.longs().between(0, 2)).as(StoreModelTest::replace),
                keys().map(StoreModelTest::remove),
                rows().list().ofMaxSize(6).map(StoreModelTest::putAll),
                Arbitraries.just(StoreModelTest::clear));
        return step.list().ofMaxSize(40);
    }

    private static Arbitrary<Object> keys() {
        return Arbitraries.of(KEYS);
    }

    private static Arbitrary<Tuple> rows() {
        return Combinators.combine(Arbitraries.longs().between(0, 2), keys()).as((value, key) -> Tuple.of(value, key));
    }

    private static Step put(Tuple row) {
        return (store, model) -> {
            store.put(row);
            model.put(key(row), row);
            return new Answers(null, null);
        };
    }

    private static Step insertNew(Tuple row) {
        return (store, model) -> new Answers(store.insertNew(row), model.putIfAbsent(key(row), row) == null);
    }

    private static Step replace(Tuple row, long expectedValue) {
        Tuple expected = row.with(0, expectedValue);
        return (store, model) -> new Answers(store.replace(expected, row), model.replace(key(row), expected, row));
    }

    private static Step remove(Object key) {
        return (store, model) -> new Answers(store.remove(key), model.remove(key));
    }

    private static Step putAll(List<Tuple> rows) {
        return (store, model) -> {
            store.putAll(rows);
            rows.forEach(row -> model.put(key(row), row));
            return new Answers(null, null);
        };
    }

    private static Answers clear(Store store, Map<Object, Tuple> model) {
        store.clear();
        model.clear();
        return new Answers(null, null);
    }
}
