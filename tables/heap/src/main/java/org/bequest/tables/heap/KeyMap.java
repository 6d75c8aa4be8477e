// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Iterator;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Which keys are the same, and in what order they are: a concurrent map from keys to cells, and the order of its keys. */
interface KeyMap {

    /** The map itself. Whoever puts in a key or takes one out calls {@link #keyChanged} thereafter. */
    ConcurrentMap<Object, Object> cells();

    void keyChanged(Object key);

    /**
     * The keys in their order: all for which {@code keyChanged} has returned, and perhaps some more. For one step only: if
     * it is kept, it may miss keys that come later.
     */
    NavigableMap<Object, Object> order();

    /** The cell for an entry of {@link #order}, or null. */
    @Nullable
    Object cell(Entry<Object, Object> step);

    /** The keys between those, both included, or against the order; null for no bound. Keys may come and go meanwhile. */
    Iterator<Object> range(@Nullable Object from, @Nullable Object to, boolean reverse);
}
