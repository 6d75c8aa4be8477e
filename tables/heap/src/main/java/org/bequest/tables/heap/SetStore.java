// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.function.Supplier;
import org.bequest.tables.heap.CellMap.Step;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The store of a set or an ordered set: at most one row for a key, so a cell is always a row. */
final class SetStore extends MapStore {

    private static final Step<Tuple> IN_ITS_PLACE = (cell, row) -> row;
    private static final Step<Tuple> UNLESS_IT = (cell, row) -> row.equals(cell) ? null : cell;

    SetStore(Supplier<CellMap> newMap, int keyPosition) {
        super(newMap, keyPosition);
    }

    @Override
    Object plus(@Nullable Object cell, Tuple row) {
        return row;
    }

    @Override
    public void put(Tuple row) {
        Rows rows = rows();
        if (rows.cells.change(key(row), row, IN_ITS_PLACE) == null) {
            rows.added(1);
        }
    }

    @Override
    public boolean replace(Tuple expected, Tuple row) {
        Object before = rows().cells.change(key(row), row, (cell, next) -> expected.equals(cell) ? next : cell);
        return expected.equals(before);
    }

    @Override
    public int removeRow(Tuple row) {
        Rows rows = rows();
        boolean removed = row.equals(rows.cells.change(key(row), row, UNLESS_IT));
        if (removed) {
            rows.added(-1);
        }
        return removed ? 1 : 0;
    }
}
