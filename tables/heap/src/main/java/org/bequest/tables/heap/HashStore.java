// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The store of a set: keys are told apart exactly, and rows are in no order. */
final class HashStore extends MapStore<ConcurrentHashMap<Object, Object>> {

    HashStore(int keyPosition) {
        super(ConcurrentHashMap::new, keyPosition);
    }

    @Override
    public @Nullable Object first() {
        throw notOrdered();
    }

    @Override
    public @Nullable Object last() {
        throw notOrdered();
    }

    @Override
    public @Nullable Object next(Object key) {
        throw notOrdered();
    }

    @Override
    public @Nullable Object prev(Object key) {
        throw notOrdered();
    }

    private static UnsupportedOperationException notOrdered() {
        return new UnsupportedOperationException(
                "A set is in no order; only an ordered set can be stepped through by key");
    }
}
