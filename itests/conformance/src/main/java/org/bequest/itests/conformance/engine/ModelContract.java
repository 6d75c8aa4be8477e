// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

abstract class ModelContract extends StoreContract {
    /** Few, so that they meet; some are equal by value only, some have the same hash. */
    private static final List<Object> KEYS =
            List.of(1L, 1.0, 2L, 2.5, 0.0, -0.0, "Aa", "BB", Tuple.of(1), Tuple.of(1.0), Terms.keyOf(List.of(1)));

    ModelContract(EngineConformance tested) {
        super(tested);
    }

    @ParameterizedTest
    @MethodSource("types")
    void answersAsTheModelDoes(TableType type) {
        Seeds.each(300, random -> {
            Store store = newStore(type);
            RowsModel model = new RowsModel(type, KEY);
            for (int step = 0; step < 40; step++) {
                step(random, type, store, model);
                assertEquals(model.rows().size(), store.size());
            }
            compare(type, store, model);
        });
    }

    private static void step(Random random, TableType type, Store store, RowsModel model) {
        Tuple row = anyRow(random);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> {
                store.put(row);
                model.put(row);
            }
            case 4 -> assertEquals(model.insertNew(row), store.insertNew(row));
            case 5, 6 -> replace(random, type, store, model);
            case 7 -> assertEquals(counts(model.remove(key(row))), counts(store.remove(key(row))));
            case 8 -> assertEquals(model.removeRow(row), store.removeRow(row));
            case 9, 10 -> {
                List<Tuple> rows = new ArrayList<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    rows.add(anyRow(random));
                }
                store.putAll(rows);
                rows.forEach(model::put);
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    store.clear();
                    model.clear();
                }
            }
        }
    }

    private static void replace(Random random, TableType type, Store store, RowsModel model) {
        Tuple row = anyRow(random);
        Tuple expected = row.with(0, random.nextInt(3));
        // Nobody asks a bag to make a row equal to another.
        if (type != TableType.BAG || !model.rows().contains(row)) {
            assertEquals(model.replace(expected, row), store.replace(expected, row));
        }
    }

    private static void compare(TableType type, Store store, RowsModel model) {
        assertEquals(counts(model.rows()), counts(store.toList()));
        assertEquals(counts(model.rows()), counts(rows(store)));
        for (Object key : KEYS) {
            assertEquals(counts(model.lookup(key)), counts(store.lookup(key)));
            assertEquals(store.lookup(key).isEmpty() ? null : store.lookup(key).get(0), store.get(key));
        }
        List<Object> keys = new ArrayList<>();
        for (Tuple row : rows(store)) {
            if (keys.isEmpty() || !key(row).equals(keys.get(keys.size() - 1))) {
                keys.add(key(row));
            }
        }
        assertEquals(
                counts(keysForward(store)), counts(keys), "the rows of a key are met together, and each key by steps");
        if (type == TableType.ORDERED_SET) {
            assertEquals(keysForward(store), keys);
        }
    }

    private static Tuple anyRow(Random random) {
        return row(KEYS.get(random.nextInt(KEYS.size())), random.nextInt(3));
    }

    /** Where copies are, one stands for another: their order is compared where it means something. */
    private static <T> Map<T, Long> counts(List<T> elements) {
        return elements.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
