// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The rows of some keys, each read when it is asked for; keys that have no row by then are left out. */
final class Traversal implements Iterator<Tuple> {

    private final Iterator<Object> keys;
    private final Store store;
    private @Nullable Tuple next;

    Traversal(Iterator<Object> keys, Store store) {
        this.keys = keys;
        this.store = store;
    }

    @Override
    public boolean hasNext() {
        while (next == null && keys.hasNext()) {
            next = store.get(keys.next());
        }
        return next != null;
    }

    @Override
    public Tuple next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Tuple row = next;
        next = null;
        return row;
    }
}
