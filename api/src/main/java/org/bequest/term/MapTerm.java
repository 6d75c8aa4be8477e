// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The map that is a term. What would change it is left to {@link AbstractMap}, which refuses. */
final class MapTerm extends AbstractMap<Object, @Nullable Object> {

    /** The pairs in the exact order of their keys: key, value, key, value. */
    private final @Nullable Object[] pairs;

    private final int extent;

    private MapTerm(@Nullable Object[] pairs) {
        this.pairs = pairs;
        this.extent = Extent.around(pairs);
    }

    /**
     * Returns the map of these entries of terms, no key of which is null; sorts the list it is given.
     *
     * @throws NotATermException if two keys are equal
     */
    static MapTerm of(List<Entry<Object, @Nullable Object>> entries) {
        entries.sort(Entry.comparingByKey(Order.EXACT));
        @Nullable Object[] pairs = new Object[2 * entries.size()];
        for (int i = 0; i < entries.size(); i++) {
            Object key = entries.get(i).getKey();
            if (i > 0 && key.equals(pairs[2 * i - 2])) {
                throw NotATermException.sameKeys(key);
            }
            pairs[2 * i] = key;
            pairs[2 * i + 1] = entries.get(i).getValue();
        }
        return new MapTerm(pairs);
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    Object keyAt(int index) {
        return Objects.requireNonNull(pairs[2 * index]);
    }

    @Nullable
    Object valueAt(int index) {
        return pairs[2 * index + 1];
    }

    int extent() {
        return extent;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (!Terms.isTerm(key)) {
            return super.get(key); // perhaps a foreign list or map that is equal to a key
        }
        int index = indexOf(key);
        return index < 0 ? null : valueAt(index);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return Terms.isTerm(key) ? indexOf(key) >= 0 : super.containsKey(key);
    }

    private int indexOf(@Nullable Object key) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Order.EXACT.compare(keyAt(middle), key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    @Override
    public Set<Entry<Object, @Nullable Object>> entrySet() {
        return new Entries();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MapTerm that ? Arrays.equals(pairs, that.pairs) : super.equals(other);
    }

    @Override
    public int hashCode() {
        int hash = 0; // as Map demands
        for (int i = 0; i < size(); i++) {
            hash += keyAt(i).hashCode() ^ Objects.hashCode(valueAt(i));
        }
        return hash;
    }

    @Override
    public String toString() {
        return Text.of(this);
    }

    private final class Entries extends AbstractSet<Entry<Object, @Nullable Object>> {
        @Override
        public int size() {
            return MapTerm.this.size();
        }

        @Override
        public Iterator<Entry<Object, @Nullable Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size();
                }

                @Override
                public Entry<Object, @Nullable Object> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    int index = next++;
                    return new SimpleImmutableEntry<>(keyAt(index), valueAt(index));
                }
            };
        }
    }
}
