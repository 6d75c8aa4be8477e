// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A store of at most one row for a key, in a concurrent map. The map decides which keys are the same. */
abstract class MapStore<M extends ConcurrentMap<Object, Object>> implements Store {

    /* How it works. The map has a cell for each key: the row itself, or, while a batch is on its way, a Pending with the
     * row before and the row after. A batch first puts a Pending in for each of its rows; then it commits, by one volatile
     * write, after which every Pending of it stands for the row after; then it settles, which is to replace each by the
     * row that it stands for. A batch that fails before it commits settles just so, and leaves what was there before.
     *
     * Invariant: between writes there is no Pending in the map, and the number of its keys is what the batches have added
     * and the singles (all other writes) have added or, below zero, removed. A batch counts its keys by the same volatile
     * write that shows them.
     *
     * Who writes. Whoever calls keeps batches and clear apart from all other writes, so a writer never meets a Pending of
     * another; readers do. A read of one key is one look at the cell and, if that is pending, one look at its batch. It
     * is right because rows do not change between the commit and the settling.
     *
     * A read of several cells is right if no batch commits in the meantime, be it settled or not: cells that are pending
     * then all stand for the row before, or all for the row after. So it is tried again when the number of commits has
     * changed, and after some attempts holds up the batches (but not the singles): else a long list and a stream of
     * small batches would never meet. Only there may a reader wait, for one batch. The lock is fair, for a stream of
     * batches would hardly let it in otherwise. No other code is called under it than that of terms.
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

    private final Supplier<M> newMap;
    private final int keyPosition;
    private final Lock batches = new ReentrantLock(true);
    private volatile Rows<M> rows;

    MapStore(Supplier<M> newMap, int keyPosition) {
        this.newMap = newMap;
        this.keyPosition = keyPosition;
        this.rows = new Rows<>(newMap.get());
    }

    /** What is in the store from one clear to the next. */
    static final class Rows<M> {
        final M map;
        final LongAdder addedBySingles = new LongAdder();
        volatile Batch lastBatch = new Batch();

        Rows(M map) {
            this.map = map;
        }

        long size() {
            // A single write changes the map first and the sum later, so another's removal may be counted too early.
            return Math.max(0, addedBySingles.sum() + lastBatch.added());
        }
    }

    final Object key(Tuple row) {
        return Objects.requireNonNull(row.get(keyPosition));
    }

    @Override
    public final @Nullable Tuple get(Object key) {
        return Batch.row(rows.map.get(key));
    }

    @Override
    public final long size() {
        return whole(Rows::size);
    }

    @Override
    public final List<Tuple> toList() {
        return whole(rows -> {
            List<Tuple> list = new ArrayList<>(rows.map.size());
            for (Object cell : rows.map.values()) {
                Tuple row = Batch.row(cell);
                if (row != null) {
                    list.add(row);
                }
            }
            return list;
        });
    }

    @Override
    public final Iterator<Tuple> iterator() {
        return new Traversal(rows.map.keySet().iterator(), this);
    }

    /** Reads several cells, each batch whole or not at all. The read may be done more than once. */
    final <T extends @Nullable Object> T whole(Function<Rows<M>, T> read) {
        Rows<M> rows = this.rows;
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
    public final void put(Tuple row) {
        Rows<M> rows = this.rows;
        if (rows.map.put(key(row), row) == null) {
            rows.addedBySingles.increment();
        }
    }

    @Override
    public final boolean insertNew(Tuple row) {
        Rows<M> rows = this.rows;
        boolean isNew = rows.map.putIfAbsent(key(row), row) == null;
        if (isNew) {
            rows.addedBySingles.increment();
        }
        return isNew;
    }

    @Override
    public final boolean replace(Tuple expected, Tuple row) {
        return rows.map.replace(key(row), expected, row);
    }

    @Override
    public final @Nullable Tuple remove(Object key) {
        Rows<M> rows = this.rows;
        Tuple row = Batch.row(rows.map.remove(key));
        if (row != null) {
            rows.addedBySingles.decrement();
        }
        return row;
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
        Rows<M> rows = this.rows;
        Batch batch = new Batch(rows.lastBatch);
        List<Object> keys = new ArrayList<>(newRows.size());
        rows.lastBatch = batch;
        try {
            for (Tuple row : newRows) {
                Object key = key(row);
                keys.add(key);
                // If the key is in the batch already, that cell still stands for the row before.
                if (rows.map.put(key, batch.pending(get(key), row)) == null) {
                    batch.addsKey();
                }
            }
            batch.commit();
        } finally {
            for (Object key : keys) {
                rows.map.computeIfPresent(key, (k, cell) -> Batch.row(cell));
            }
        }
    }

    @Override
    public final void clear() {
        rows = new Rows<>(newMap.get());
    }
}
