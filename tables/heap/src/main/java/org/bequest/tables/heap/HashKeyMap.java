// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keys that are told apart exactly; their order is {@link HashOrder}. */
final class HashKeyMap implements KeyMap {

    /* How it works. Most tables are never stepped through, so there is no index of the order until somebody asks for a step;
     * and none again when it is not worth its upkeep: when, since the last step, as many keys have come or gone as
     * there are, or when nobody asks for long and memory is scarce. A walk from key to key does not notice: each step starts
     * from the key given, in whatever index there is.
     *
     * Invariant: a key that stands still is in the index if it is in the map, and only then. To align is to make it
     * so for one key, while the map holds that key fast.
     *
     * Why none is missed. A writer changes the map, then looks for an index, then aligns its key; who builds shows the index
     * first, then aligns all keys that the map has. So either the writer finds the index, or the builder finds the key.
     * An index that is dropped while a step still looks at it misses only what is written during that step. It cannot
     * be cleared for want of memory then, since the step holds it.
     *
     * Locks: the lock for building, then a bin of the map, in which no code is called but that of terms.
     *
     * Rejected: a sorted copy of the keys, made when a walk begins. It would miss keys put in since, and to ask for the
     * first key, take it, and ask again would sort each time.
     *
     * Why: docs/decisions/0010-steps-and-bags-in-the-heap-engine.md
     */

    private static final int CHEAP = 1000; // as many changes as may always be kept up with

    private static final class Index extends SoftReference<NavigableMap<Object, Object>> {
        final AtomicLong changesSinceStep = new AtomicLong();
        volatile boolean complete;

        Index(NavigableMap<Object, Object> keys) {
            super(keys);
        }
    }

    private final ConcurrentHashMap<Object, Object> cells = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Index> index = new AtomicReference<>();
    private final Lock building = new ReentrantLock();

    @Override
    public ConcurrentHashMap<Object, Object> cells() {
        return cells;
    }

    @Override
    public @Nullable Object cell(Entry<Object, Object> step) {
        return cells.get(step.getKey());
    }

    @Override
    public void keyChanged(Object key) {
        Index index = this.index.get();
        if (index == null) {
            return;
        }
        NavigableMap<Object, Object> keys = index.get();
        if (keys == null || index.changesSinceStep.incrementAndGet() > cells.mappingCount() + CHEAP) {
            this.index.compareAndSet(index, null);
        } else {
            align(keys, key);
        }
    }

    private void align(NavigableMap<Object, Object> keys, Object key) {
        cells.compute(key, (k, cell) -> {
            if (cell == null) {
                keys.remove(k);
            } else {
                keys.put(k, true);
            }
            return cell;
        });
    }

    @Override
    public NavigableMap<Object, Object> order() {
        NavigableMap<Object, Object> keys = complete();
        if (keys != null) {
            return keys;
        }
        building.lock();
        try {
            keys = complete(); // by one who held the lock before
            return keys != null ? keys : build();
        } finally {
            building.unlock();
        }
    }

    private @Nullable NavigableMap<Object, Object> complete() {
        Index index = this.index.get();
        if (index == null || !index.complete) {
            return null;
        }
        if (index.changesSinceStep.get() != 0) {
            index.changesSinceStep.set(0);
        }
        return index.get();
    }

    private NavigableMap<Object, Object> build() {
        NavigableMap<Object, Object> keys = new ConcurrentSkipListMap<>(HashOrder.BY_HASH);
        Index fresh = new Index(keys);
        index.set(fresh);
        for (Object key : cells.keySet()) {
            align(keys, key);
        }
        fresh.complete = true;
        return keys;
    }

    @Override
    public Iterator<Object> range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        throw new UnsupportedOperationException("Only an ordered set has ranges of keys; these are told apart by hash");
    }
}
