// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A part of the contract. Rows are {@code {value, key}}, so that an engine which takes any key to come first is found out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(
        value = 60,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a walk that never ends fails, and the rest goes on
abstract class StoreContract {
    static final int KEY = 1;

    private final EngineConformance tested;

    StoreContract(EngineConformance tested) {
        this.tested = tested;
    }

    Set<TableType> types() {
        return tested.types();
    }

    Store newStore(TableType type) {
        return tested.engine().newStore(type, KEY);
    }

    /** Skips the test if the engine does not keep that type. */
    Store newStoreOf(TableType type) {
        assumeTrue(types().contains(type), () -> "It keeps no " + type);
        return newStore(type);
    }

    static Tuple row(Object key, Object value) {
        return Tuple.of(value, key);
    }

    static Object key(Tuple row) {
        return Objects.requireNonNull(row.get(KEY));
    }

    static List<Tuple> rows(Store store) {
        List<Tuple> rows = new ArrayList<>();
        store.iterator().forEachRemaining(rows::add);
        return rows;
    }

    static List<Object> keysForward(Store store) {
        return walk(store.first(), store::next);
    }

    static List<Object> keysBackward(Store store) {
        return walk(store.last(), store::prev);
    }

    private static List<Object> walk(@Nullable Object start, UnaryOperator<@Nullable Object> step) {
        List<Object> keys = new ArrayList<>();
        for (Object key = start; key != null; key = step.apply(key)) {
            keys.add(key);
        }
        return keys;
    }
}
