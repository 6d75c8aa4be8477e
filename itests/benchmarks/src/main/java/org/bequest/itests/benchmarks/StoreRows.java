// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import org.bequest.table.TableType;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What a table keeps its rows in, without a handle: no rights, no fence, no look at what is put in. */
final class StoreRows implements Rows {
    private final Bequest bequest = Bequest.start();
    private final Engine engine;
    private final TableType type;
    private Store store;

    StoreRows(TableType type) throws Exception {
        this.engine = bequest.service(Engine.class, "(" + Engine.NAME + "=heap)");
        this.type = type;
        this.store = engine.newStore(type, 0);
    }

    @Override
    public void renew() {
        store = engine.newStore(type, 0);
    }

    @Override
    public @Nullable Object get(long key) {
        return store.get(key);
    }

    @Override
    public void insert(Row row) {
        store.put(Tuple.of(row.key(), row.text(), row.number()));
    }

    @Override
    public void close() {
        bequest.close();
    }
}
