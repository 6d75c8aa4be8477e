// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bequest.tables.heap.Batch.Pending;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A store of cells in a concurrent map. The map decides which keys are the same, a subclass what a cell can hold. */
abstract class MapStore implements Store {

    /* How it works. The map has a cell for each key. It is plain (see Cells) or, while a batch is on its way, a Pending with
     * the plain cell before and the one after. A batch first puts in a Pending for each of its keys; then it commits, by one
     * volatile write, after which every Pending of it stands for the cell after; then it settles, which is to replace each
     * by the cell that it stands for. A batch that fails before it commits settles just so, and leaves what was there before.
     * There is one Pending for a key, however many rows come under it: a reader may hold it while the batch commits, and
     * must find the last of them in it.
     *
     * Invariant: between writes there is no Pending in the map, and the number of its rows is what the batches have added
     * and the singles (all other writes) have added or, below zero, removed. A batch counts its rows by the same volatile
     * write that shows them.
     *
     * Who writes. Whoever calls keeps batches and clear apart from all other writes, so a writer never meets a Pending of
     * another; readers do. A read of one key is one look at the cell and, if that is pending, one look at its batch. It
     * is right because rows do not change between the commit and the settling.
     *
     * A read of several cells is right if no batch commits in the meantime, be it settled or not: cells that are pending
     * then all stand for the cell before, or all for the one after. So it is tried again when the number of commits has
     * changed, and after some attempts holds up the batches (but not the singles): else a long list and a stream of
     * small batches would never meet. Only there may a reader wait, for one batch. The lock is fair, for a stream of
     * batches would hardly let it in otherwise. No other code is called under it than that of terms. Steps from key to key
     * may also wait for each other, see HashKeyMap, whose lock comes after this one.
     *
     * clear puts a new, empty Rows in place of the old, in which nothing changes any more: whoever still reads it reads
     * what was there just before.
     *
     * A traversal takes only keys from the map and looks each up when asked for it. The rows that the map's own iterators
     * fetch ahead might be older than what the same thread has read elsewhere since.
     *
     * Why: docs/decisions/0007-batches-in-the-heap-engine.md
     */

    private static final int ATTEMPTS = 3;

    private final Supplier<KeyMap> newMap;
    private final int keyPosition;
    private final Lock batches = new ReentrantLock(true);
    private volatile Rows rows;

    MapStore(Supplier<KeyMap> newMap, int keyPosition) {
        this.newMap = newMap;
        this.keyPosition = keyPosition;
        this.rows = new Rows(newMap.get());
    }

    /** What is in the store from one clear to the next. */
    static final class Rows {
        final KeyMap keys;
        final ConcurrentMap<Object, Object> cells;
        private final LongAdder addedBySingles = new LongAdder();
        private volatile Batch lastBatch = new Batch();

        Rows(KeyMap keys) {
            this.keys = keys;
            this.cells = keys.cells();
        }

        /** Takes note of what a single write has made of a cell, which is plain before and after. */
        void changed(Object key, @Nullable Object before, @Nullable Object after) {
            int added = Cells.count(after) - Cells.count(before);
            if (added != 0) {
                addedBySingles.add(added);
                if (before == null || after == null) {
                    keys.keyChanged(key);
                }
            }
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
            List<Tuple> list = new ArrayList<>(rows.cells.size());
            for (Object cell : rows.cells.values()) {
                Cells.addTo(list, Batch.plain(cell));
            }
            return list;
        });
    }

    @Override
    public final Iterator<Tuple> iterator() {
        return new Traversal(rows.cells.keySet().iterator(), this);
    }

    @Override
    public final Iterator<Tuple> range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        return new Traversal(rows.keys.range(from, to, reverse), this);
    }

    @Override
    public final @Nullable Object first() {
        return keyOfRow(NavigableMap::firstEntry, NavigableMap::higherEntry);
    }

    @Override
    public final @Nullable Object last() {
        return keyOfRow(NavigableMap::lastEntry, NavigableMap::lowerEntry);
    }

    @Override
    public final @Nullable Object next(Object key) {
        return keyOfRow(order -> order.higherEntry(key), NavigableMap::higherEntry);
    }

    @Override
    public final @Nullable Object prev(Object key) {
        return keyOfRow(order -> order.lowerEntry(key), NavigableMap::lowerEntry);
    }

    /** The key of the row at the start or, if that has gone or is only about to come, of the nearest one a step further. */
    private @Nullable Object keyOfRow(
            Function<NavigableMap<Object, Object>, @Nullable Entry<Object, Object>> start,
            BiFunction<NavigableMap<Object, Object>, Object, @Nullable Entry<Object, Object>> step) {
        return whole(rows -> {
            NavigableMap<Object, Object> order = rows.keys.order();
            Entry<Object, Object> entry = start.apply(order);
            while (entry != null) {
                Tuple row = Cells.first(Batch.plain(rows.keys.cell(entry)));
                if (row != null) {
                    return key(row);
                }
                entry = step.apply(order, entry.getKey());
            }
            return null;
        });
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
        Object key = key(row);
        boolean isNew = rows.cells.putIfAbsent(key, row) == null;
        if (isNew) {
            rows.changed(key, null, row);
        }
        return isNew;
    }

    @Override
    public final List<Tuple> remove(Object key) {
        Rows rows = this.rows;
        Object cell = rows.cells.remove(key);
        if (cell != null) {
            rows.changed(key, cell, null);
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
        List<Object> keys = new ArrayList<>(newRows.size());
        rows.lastBatch = batch;
        try {
            for (Tuple row : newRows) {
                Object key = key(row);
                keys.add(key);
                putPending(rows, batch, key, row);
            }
            batch.commit();
        } finally {
            for (Object key : keys) {
                settle(rows, key);
            }
        }
    }

    private void putPending(Rows rows, Batch batch, Object key, Tuple row) {
        Object cell = rows.cells.get(key);
        if (cell instanceof Pending pending) {
            Object last = pending.after();
            Object next = plus(last, row);
            batch.adds(Cells.count(next) - Cells.count(last));
            pending.after(next);
        } else {
            Object next = plus(cell, row);
            batch.adds(Cells.count(next) - Cells.count(cell));
            rows.cells.put(key, batch.pending(cell, next));
            if (cell == null) {
                rows.keys.keyChanged(key);
            }
        }
    }

    private static void settle(Rows rows, Object key) {
        if (rows.cells.computeIfPresent(key, (k, cell) -> Batch.plain(cell)) == null) {
            rows.keys.keyChanged(key);
        }
    }

    @Override
    public final void clear() {
        rows = new Rows(newMap.get());
    }
}
