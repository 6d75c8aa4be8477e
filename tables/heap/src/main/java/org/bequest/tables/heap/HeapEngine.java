// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.List;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Component;

/** Keeps tables on the Java heap, one store for each. Any thread may call it. */
@Component(property = Engine.NAME + "=heap")
public final class HeapEngine implements Engine {

    /**
     * Loads every class that a store will ever use. Stores outlive this bundle until their rows are moved, and a bundle
     * that was updated has no classes to give any more.
     */
    public HeapEngine() {
        for (TableType type : TableType.values()) {
            Store store = newStore(type, 0);
            store.putAll(List.of(Tuple.of(1), Tuple.of(2)));
            store.iterator().next();
        }
    }

    @Override
    public Store newStore(TableType type, int keyPosition) {
        return switch (type) {
            case SET -> new HashStore(keyPosition);
            case ORDERED_SET -> new OrderedStore(keyPosition);
        };
    }
}
