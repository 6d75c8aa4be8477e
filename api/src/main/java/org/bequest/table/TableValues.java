// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/** The values of a table as a map. */
final class TableValues<V> extends AbstractCollection<V> {
    private final TableMap<V> map;

    TableValues(TableMap<V> map) {
        this.map = map;
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public boolean contains(@Nullable Object value) {
        return map.containsValue(value);
    }

    @Override
    public boolean remove(@Nullable Object value) {
        for (Map.Entry<Object, V> entry : map.entrySet()) {
            if (entry.getValue().equals(value) && map.remove(entry.getKey(), value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public Iterator<V> iterator() {
        return map.valueIterator();
    }

    @Override
    public Spliterator<V> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL | Spliterator.CONCURRENT);
    }
}
