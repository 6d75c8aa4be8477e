// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/** The keys of a table as a map. */
class TableKeys extends AbstractSet<Object> {
    private final TableMap<?> map;

    TableKeys(TableMap<?> map) {
        this.map = map;
    }

    @Override
    public final int size() {
        return map.size();
    }

    @Override
    public final boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public final boolean contains(@Nullable Object key) {
        return map.containsKey(key);
    }

    @Override
    public final boolean remove(@Nullable Object key) {
        return map.remove(key) != null;
    }

    @Override
    public final void clear() {
        map.clear();
    }

    @Override
    public final Iterator<Object> iterator() {
        return map.keyIterator();
    }

    /** Not sized, for the inherited one would fail when the table grows or shrinks under a stream. */
    @Override
    public final Spliterator<Object> spliterator() {
        return Spliterators.spliteratorUnknownSize(
                iterator(), Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }
}
