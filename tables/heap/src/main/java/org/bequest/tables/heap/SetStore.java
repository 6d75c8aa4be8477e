// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.function.Supplier;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The store of a set or an ordered set: at most one row for a key, so a cell is always a row. */
final class SetStore extends MapStore {

    SetStore(Supplier<KeyMap> newMap, int keyPosition) {
        super(newMap, keyPosition);
    }

    @Override
    Object plus(@Nullable Object cell, Tuple row) {
        return row;
    }

    @Override
    public void put(Tuple row) {
        Rows rows = rows();
        Object key = key(row);
        Object before = rows.cells.put(key, row);
        rows.changed(key, before, row);
    }

    @Override
    public boolean replace(Tuple expected, Tuple row) {
        return rows().cells.replace(key(row), expected, row);
    }

    @Override
    public int removeRow(Tuple row) {
        Rows rows = rows();
        Object key = key(row);
        boolean removed = rows.cells.remove(key, row);
        if (removed) {
            rows.changed(key, row, null);
        }
        return removed ? 1 : 0;
    }
}
