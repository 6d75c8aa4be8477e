// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.LongStream;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
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
            rehearse(newStore(type, 0));
        }
    }

    private static void rehearse(Store store) {
        List<Tuple> rows =
                LongStream.range(0, 100).mapToObj(i -> Tuple.of(0, i)).toList();
        store.putAll(rows);
        store.first();
        store.put(Tuple.of(1));
        var traversal = store.iterator();
        traversal.next();
        store.replace(rows.get(99), Tuple.of(0, 100));
        store.removeRow(rows.get(1));
        traversal.hasNext();
        store.remove(0L);
        store.put(Tuple.of(DayOfWeek.MONDAY));
        store.put(Tuple.of("Aa"));
        store.put(Tuple.of("BB")); // which has the same hash
    }

    @Override
    public Store newStore(TableType type, int keyPosition) {
        return switch (type) {
            case SET -> new SetStore(() -> new HashCells(keyPosition), keyPosition);
            case ORDERED_SET -> new SetStore(() -> new OrderedCells(new Keys(keyPosition, Terms.ORDER)), keyPosition);
            case BAG -> new BagStore(true, keyPosition);
            case DUPLICATE_BAG -> new BagStore(false, keyPosition);
        };
    }
}
