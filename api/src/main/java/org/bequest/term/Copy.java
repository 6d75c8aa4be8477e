// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.math.BigInteger;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The making of one term from a value that is none yet. Lists and maps given are foreign code: each is read once, by
 * its iterator, whatever it says its size is; its elements are copied before anything is made of them; and both the
 * depth and the number of all elements read are bounded, so that it ends.
 */
final class Copy {

    private int left = Terms.MAX_ELEMENTS;

    private Copy() {}

    /** As {@link Terms#copyOf}. */
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Integer number) { // what a literal is in Java, so it comes most often
            return number.longValue();
        }
        return Terms.isTerm(value) ? value : new Copy().convert(value, 1);
    }

    /** As {@link Terms#copyOf}, of the element that is to be at an index of a tuple. */
    static @Nullable Object element(int index, @Nullable Object value) {
        try {
            return of(value);
        } catch (NotATermException e) {
            throw e.within("[" + index + "]");
        }
    }

    private @Nullable Object convert(@Nullable Object value, int depth) {
        if (value == null || Terms.isTerm(value)) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value.getClass() == BigInteger.class) {
            return ((BigInteger) value).longValueExact(); // a greater one is a term already
        }
        if (value instanceof byte[] bytes) {
            return Binary.copyOf(bytes);
        }
        if (value instanceof List<?> list) {
            return convertList(list, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return convertMap(map, depth);
        }
        throw NotATermException.of(value);
    }

    private ListTerm convertList(List<?> list, int depth) {
        checkDepth(depth);
        List<@Nullable Object> terms = new ArrayList<>();
        try {
            for (Object element : list) {
                terms.add(convertInside(element, depth));
            }
        } catch (NotATermException e) {
            throw e.within("[" + terms.size() + "]");
        }
        return new ListTerm(terms.toArray());
    }

    private MapTerm convertMap(Map<?, ?> map, int depth) {
        checkDepth(depth);
        List<Map.Entry<Object, @Nullable Object>> entries = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = convertKey(entry.getKey(), depth);
            entries.add(new SimpleImmutableEntry<>(key, convertValue(key, entry.getValue(), depth)));
        }
        return MapTerm.of(entries);
    }

    private Object convertKey(@Nullable Object key, int depth) {
        try {
            Object term = convertInside(key, depth);
            if (term == null) {
                throw NotATermException.nullKey();
            }
            return term;
        } catch (NotATermException e) {
            throw e.within("{key}");
        }
    }

    private @Nullable Object convertValue(Object key, @Nullable Object value, int depth) {
        try {
            return convertInside(value, depth);
        } catch (NotATermException e) {
            throw e.within("[" + Text.shortOf(key) + "]");
        }
    }

    private @Nullable Object convertInside(@Nullable Object element, int depth) {
        if (--left < 0) {
            throw NotATermException.tooMany();
        }
        return convert(element, depth + 1);
    }

    /** Ends the way down into what contains itself. What terms inside bring with them is seen on the way up. */
    private static void checkDepth(int depth) {
        if (depth > Terms.MAX_DEPTH) {
            throw NotATermException.tooDeep();
        }
    }
}
