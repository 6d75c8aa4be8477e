// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The store of a bag or a duplicate bag. A cell is changed by computing the next from the last, while the map holds it fast:
 * {@link ManyRows} relies on there being one writer at a time.
 */
final class BagStore extends MapStore {

    private final boolean eachOnce;

    BagStore(boolean eachOnce, int keyPosition) {
        super(HashKeyMap::new, keyPosition);
        this.eachOnce = eachOnce;
    }

    /** A change of one cell, and what it has done. */
    private static final class Change implements BiFunction<Object, @Nullable Object, @Nullable Object> {
        final Function<@Nullable Object, @Nullable Object> step;

        @Nullable
        Object before;

        @Nullable
        Object after;

        Change(Function<@Nullable Object, @Nullable Object> step) {
            this.step = step;
        }

        @Override
        public @Nullable Object apply(Object key, @Nullable Object cell) {
            before = cell;
            after = step.apply(cell);
            return after;
        }
    }

    private Change change(Object key, Function<@Nullable Object, @Nullable Object> step) {
        Rows rows = rows();
        Change change = new Change(step);
        rows.cells.compute(key, change);
        rows.changed(key, change.before, change.after);
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
        change(key(row), cell -> plus(cell, row));
    }

    @Override
    public boolean replace(Tuple expected, Tuple row) {
        Change change = change(key(row), cell -> {
            if (cell instanceof ManyRows many) {
                return many.with(expected, row);
            }
            return expected.equals(cell) ? row : cell;
        });
        return change.before instanceof ManyRows ? change.before != change.after : expected.equals(change.before);
    }

    @Override
    public int removeRow(Tuple row) {
        Change change = change(key(row), cell -> {
            if (cell instanceof ManyRows many) {
                return many.minus(row);
            }
            return row.equals(cell) ? null : cell;
        });
        return Cells.count(change.before) - Cells.count(change.after);
    }
}
