// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key and the value that it had when a walk came by; or that has been set through this entry since. For one thread. */
final class TableEntry<V> implements Map.Entry<Object, V> {
    private final TableMap<V> map;
    private final Object key;
    private V value;

    TableEntry(TableMap<V> map, Object key, V value) {
        this.map = map;
        this.key = key;
        this.value = value;
    }

    @Override
    public Object getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    /**
     * Returns what the new value has replaced, which may be another than this entry had.
     *
     * @throws IllegalStateException if the key has gone meanwhile; it is not put in anew
     */
    @Override
    public V setValue(V next) {
        V replaced = map.replace(key, next);
        if (replaced == null) {
            throw new IllegalStateException("Key " + key + " has gone from " + map.table + " meanwhile");
        }
        value = next;
        return replaced;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> that && key.equals(that.getKey()) && value.equals(that.getValue());
    }

    @Override
    public int hashCode() {
        return key.hashCode() ^ value.hashCode();
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
