// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bequest.tables.heap.Batch.Pending;
import org.bequest.tables.heap.CellMap.Cursor;
import org.bequest.tables.heap.CellMap.Step;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A store of cells. A {@link CellMap} decides which keys are the same, a subclass what a cell can hold. */
abstract class MapStore implements Store {

    /* How it works. There is a cell for each key. It is plain (see Cells) or, while a batch is on its way, a Pending with
     * the plain cell before and the one after. A batch first puts in a Pending for each of its keys; then it commits, by one
     * volatile write, after which every Pending of it stands for the cell after; then it settles, which is to replace each
     * by the cell that it stands for. A batch that fails before it commits settles just so, and leaves what was there before.
     * There is one Pending for a key, however many rows come under it: a reader may hold it while the batch commits, and
     * must find the last of them in it.
     *
     * Invariant: between writes there is no Pending, and the number of rows is what the batches have added and the singles
     * (all other writes) have added or, below zero, removed. A batch counts its rows by the same volatile write that shows
     * them.
     *
     * Who writes. Whoever calls keeps batches and clear apart from all other writes, so a writer never meets a Pending of
     * another; readers do. A read of one key is one look at the cell and, if that is pending, one look at its batch. It
     * is right because rows do not change between the commit and the settling.
     *
     * A read of several cells is right if no batch commits in the meantime, be it settled or not: cells that are pending
     * then all stand for the cell before, or all for the one after. So it is tried again when the number of commits has
     * changed, and after some attempts holds up the batches (but not the singles): else a long list and a stream of
     * small batches would never meet. Only there may a reader wait, for one batch. The lock is fair, for a stream of
     * batches would hardly let it in otherwise. No other code is called under it than that of terms. The monitors of a
     * CellMap come after it.
     *
     * clear puts a new, empty Rows in place of the old, in which nothing changes any more: whoever still reads it reads
     * what was there just before. A traversal of it ends.
     *
     * Why: docs/decisions/0007-batches-in-the-heap-engine.md; how cells are found: HashCells, OrderedCells
     */

    private static final int ATTEMPTS = 3;

    private static final Step<Tuple> IF_ABSENT = (cell, row) -> cell == null ? row : cell;
    private static final Step<Object> NONE = (cell, key) -> null;
    private static final Step<Object> SETTLED = (cell, key) -> Batch.plain(cell);

    private final Supplier<CellMap> newMap;
    private final int keyPosition;
    private final Lock batches = new ReentrantLock(true);
    private volatile Rows rows;

    MapStore(Supplier<CellMap> newMap, int keyPosition) {
        this.newMap = newMap;
        this.keyPosition = keyPosition;
        this.rows = new Rows(newMap.get());
    }

    /** What is in the store from one clear to the next. */
    static final class Rows {
        final CellMap cells;
        private final LongAdder addedBySingles = new LongAdder();
        private volatile Batch lastBatch = new Batch();

        Rows(CellMap cells) {
            this.cells = cells;
        }

        /** Takes note of how many rows a single write has added or, below zero, removed. */
        void added(int rows) {
            addedBySingles.add(rows);
        }

        long size() {
            // A single write changes the map first and the sum later, so another's removal may be counted too early.
            return Math.max(0, addedBySingles.sum() + lastBatch.added());
        }
    }

    /** The plain cell that {@link #put} makes of a plain cell. Only the one writer of that cell calls it. */
    abstract Object plus(@Nullable Object cell, Tuple row);

    final Object key(Tuple row) {
        return Objects.requireNonNull(row.get(keyPosition));
    }

    final Rows rows() {
        return rows;
    }

    /** The plain cell of that key at this moment. */
    final @Nullable Object cell(Object key) {
        return Batch.plain(rows.cells.get(key));
    }

    @Override
    public final @Nullable Tuple get(Object key) {
        return Cells.first(cell(key));
    }

    @Override
    public final List<Tuple> lookup(Object key) {
        return Cells.list(cell(key));
    }

    @Override
    public final long size() {
        return whole(Rows::size);
    }

    @Override
    public final List<Tuple> toList() {
        return whole(rows -> {
            List<Tuple> list = new ArrayList<>((int) Math.min(rows.size(), Integer.MAX_VALUE / 2));
            Cursor cells = rows.cells.all();
            for (Object cell = cells.next(); cell != null; cell = cells.next()) {
                Cells.addTo(list, cell);
            }
            return list;
        });
    }

    @Override
    public final Iterator<Tuple> iterator() {
        Rows rows = this.rows;
        return new Traversal(this, rows, rows.cells.all());
    }

    @Override
    public final Iterator<Tuple> range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        Rows rows = this.rows;
        return new Traversal(this, rows, rows.cells.range(from, to, reverse));
    }

    @Override
    public final @Nullable Object first() {
        return keyOf(whole(rows -> rows.cells.above(null)));
    }

    @Override
    public final @Nullable Object last() {
        return keyOf(whole(rows -> rows.cells.below(null)));
    }

    @Override
    public final @Nullable Object next(Object key) {
        return keyOf(whole(rows -> rows.cells.above(key)));
    }

    @Override
    public final @Nullable Object prev(Object key) {
        return keyOf(whole(rows -> rows.cells.below(key)));
    }

    private @Nullable Object keyOf(@Nullable Tuple row) {
        return row == null ? null : key(row);
    }

    /** Reads several cells, each batch whole or not at all. The read may be done more than once. */
    private <T extends @Nullable Object> T whole(Function<Rows, T> read) {
        Rows rows = this.rows;
        for (int i = 0; i < ATTEMPTS; i++) {
            long commits = rows.lastBatch.commits();
            T result = read.apply(rows);
            if (rows.lastBatch.commits() == commits) {
                return result;
            }
        }
        batches.lock();
        try {
            return read.apply(rows);
        } finally {
            batches.unlock();
        }
    }

    @Override
    public final boolean insertNew(Tuple row) {
        Rows rows = this.rows;
        boolean isNew = rows.cells.change(key(row), row, IF_ABSENT) == null;
        if (isNew) {
            rows.added(1);
        }
        return isNew;
    }

    @Override
    public final List<Tuple> remove(Object key) {
        Rows rows = this.rows;
        Object cell = rows.cells.change(key, key, NONE);
        if (cell != null) {
            rows.added(-Cells.count(cell));
        }
        return Cells.list(cell);
    }

    @Override
    public final void putAll(List<Tuple> newRows) {
        if (newRows.size() < 2) {
            newRows.forEach(this::put);
            return;
        }
        batches.lock();
        try {
            putAllAtOnce(newRows);
        } finally {
            batches.unlock();
        }
    }

    private void putAllAtOnce(List<Tuple> newRows) {
        Rows rows = this.rows;
        Batch batch = new Batch(rows.lastBatch);
        Step<Tuple> putPending = (cell, row) -> pending(batch, cell, row);
        List<Object> keys = new ArrayList<>(newRows.size());
        rows.lastBatch = batch;
        try {
            for (Tuple row : newRows) {
                Object key = key(row);
                keys.add(key);
                rows.cells.change(key, row, putPending);
            }
            batch.commit();
        } finally {
            for (Object key : keys) {
                rows.cells.change(key, key, SETTLED);
            }
        }
    }

    private Object pending(Batch batch, @Nullable Object cell, Tuple row) {
        boolean again = cell instanceof Pending;
        Object last = again ? ((Pending) cell).after() : cell;
        Object next = plus(last, row);
        batch.adds(Cells.count(next) - Cells.count(last));
        if (again) {
            ((Pending) cell).after(next);
            return cell;
        }
        return batch.pending(cell, next);
    }

    @Override
    public final void clear() {
        rows = new Rows(newMap.get());
    }
}
