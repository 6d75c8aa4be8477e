// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import com.google.common.collect.testing.Helpers;
import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.TestSortedMapGenerator;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;

/** What Guava's suites ask for: new maps, and entries to fill them with. The keys are terms of many kinds. */
class MapSamples<V, M extends Map<Object, V>> implements TestMapGenerator<Object, V> {
    private final Supplier<M> maps;
    private final Class<V> valueType;
    private final Function<Object, V> value;

    /** @param value the value to go with a key */
    MapSamples(Supplier<M> maps, Class<V> valueType, Function<Object, V> value) {
        this.maps = maps;
        this.valueType = valueType;
        this.value = value;
    }

    final Map.Entry<Object, V> entry(Object key) {
        return Helpers.mapEntry(key, value.apply(key));
    }

    @Override
    public SampleElements<Map.Entry<Object, V>> samples() {
        return new SampleElements<>(
                entry(1L), entry(2.5), entry(new UUID(1, 1)), entry(Tuple.of("a", 1)), entry("one"));
    }

    @Override
    public M create(Object... entries) {
        M map = maps.get();
        for (Object entry : entries) {
            Map.Entry<?, ?> pair = (Map.Entry<?, ?>) entry;
            map.put(pair.getKey(), valueType.cast(pair.getValue()));
        }
        return map;
    }

    @Override
    @SuppressWarnings("unchecked") // as Guava's own generators
    public final Map.Entry<Object, V>[] createArray(int length) {
        return (Map.Entry<Object, V>[]) new Map.Entry<?, ?>[length];
    }

    @Override
    public final Object[] createKeyArray(int length) {
        return new Object[length];
    }

    @Override
    @SuppressWarnings("unchecked")
    public final V[] createValueArray(int length) {
        return (V[]) Array.newInstance(valueType, length);
    }

    @Override
    public Iterable<Map.Entry<Object, V>> order(List<Map.Entry<Object, V>> insertionOrder) {
        return insertionOrder;
    }

    /** With keys below and above all of the samples. */
    static final class Sorted<V> extends MapSamples<V, SortedMap<Object, V>>
            implements TestSortedMapGenerator<Object, V> {
        Sorted(Supplier<SortedMap<Object, V>> maps, Class<V> valueType, Function<Object, V> value) {
            super(maps, valueType, value);
        }

        @Override
        public Iterable<Map.Entry<Object, V>> order(List<Map.Entry<Object, V>> insertionOrder) {
            insertionOrder.sort(Map.Entry.comparingByKey(Terms.ORDER));
            return insertionOrder;
        }

        @Override
        public Map.Entry<Object, V> belowSamplesLesser() {
            return entry(-2.5);
        }

        @Override
        public Map.Entry<Object, V> belowSamplesGreater() {
            return entry(-2L);
        }

        @Override
        public Map.Entry<Object, V> aboveSamplesLesser() {
            return entry("~~ a");
        }

        @Override
        public Map.Entry<Object, V> aboveSamplesGreater() {
            return entry("~~ b");
        }
    }
}
