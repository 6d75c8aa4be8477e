// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import org.bequest.tables.heap.CellMap.Step;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The store of a bag or a duplicate bag. A cell is changed by computing the next from the last, under the monitor of its segment:
 * {@link ManyRows} relies on there being one writer at a time.
 */
final class BagStore extends MapStore {

    private final boolean eachOnce;

    BagStore(boolean eachOnce, int keyPosition) {
        super(() -> new HashCells(keyPosition), keyPosition);
        this.eachOnce = eachOnce;
    }

    /** A change of one cell, and what it has done. */
    private static final class Change implements Step<Tuple> {
        final Step<Tuple> step;

        @Nullable
        Object before;

        @Nullable
        Object after;

        Change(Step<Tuple> step) {
            this.step = step;
        }

        @Override
        public @Nullable Object of(@Nullable Object cell, Tuple row) {
            before = cell;
            after = step.of(cell, row);
            return after;
        }
    }

    private Change change(Tuple row, Step<Tuple> step) {
        Rows rows = rows();
        Change change = new Change(step);
        rows.cells.change(key(row), row, change);
        int added = Cells.count(change.after) - Cells.count(change.before);
        if (added != 0) {
            rows.added(added);
        }
        return change;
    }

    @Override
    Object plus(@Nullable Object cell, Tuple row) {
        if (cell == null) {
            return row;
        }
        if (cell instanceof ManyRows many) {
            return eachOnce && many.contains(row) ? many : many.plus(row, eachOnce);
        }
        return eachOnce && cell.equals(row) ? cell : ManyRows.of((Tuple) cell, row);
    }

    @Override
    public void put(Tuple row) {
        change(row, this::plus);
    }

    @Override
    public boolean replace(Tuple expected, Tuple row) {
        Change change = change(row, (cell, next) -> {
            if (cell instanceof ManyRows many) {
                return many.with(expected, next);
            }
            return expected.equals(cell) ? next : cell;
        });
        return change.before instanceof ManyRows ? change.before != change.after : expected.equals(change.before);
    }

    @Override
    public int removeRow(Tuple row) {
        Change change = change(row, (cell, gone) -> {
            if (cell instanceof ManyRows many) {
                return many.minus(gone);
            }
            return gone.equals(cell) ? null : cell;
        });
        return Cells.count(change.before) - Cells.count(change.after);
    }
}
