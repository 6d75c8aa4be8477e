// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bequest.match.KeyRange.Bound;
import org.bequest.match.KeyRange.Keys;
import org.bequest.match.KeyRange.Range;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Intersection and union of key ranges, for the two ways in which tables tell keys apart. */
enum KeyAlgebra {
    /** Ordered sets: 1 and 1.0 are one key. */
    BY_VALUE {
        @Override
        boolean same(Object a, Object b) {
            return Terms.compare(a, b) == 0;
        }

        @Override
        KeyRange equalByValue(Object term) {
            return new Keys(List.of(term));
        }
    },
    /** Hash tables: 1 and 1.0 are two keys. */
    EXACT {
        @Override
        boolean same(Object a, Object b) {
            return a.equals(b);
        }

        @Override
        KeyRange equalByValue(Object term) {
            if (term instanceof Tuple || term instanceof List || term instanceof Map) {
                // Too many ways to write it, if there are numbers in it.
                return new Range(new Bound(term, true), new Bound(term, true));
            }
            return keys(spellings(term));
        }
    };

    static final Keys NOTHING = new Keys(List.of());

    // The open end is the lowest of the low bounds, and the highest of the high ones.
    private static final Comparator<@Nullable Bound> LOW = Comparator.nullsFirst(
            Comparator.comparing(Bound::key, Terms.ORDER).thenComparing(bound -> !bound.inclusive()));
    private static final Comparator<@Nullable Bound> HIGH =
            Comparator.nullsLast(Comparator.comparing(Bound::key, Terms.ORDER).thenComparing(Bound::inclusive));

    /** Whether the two are one key. */
    abstract boolean same(Object a, Object b);

    /** All keys that are equal to the term by value. */
    abstract KeyRange equalByValue(Object term);

    KeyRange intersection(KeyRange a, KeyRange b) {
        if (b.equals(Range.EVERY)) {
            return a;
        }
        if (a instanceof Keys keys) {
            return new Keys(keys.keys().stream().filter(key -> holds(b, key)).toList());
        }
        if (b instanceof Keys) {
            return intersection(b, a);
        }
        Range x = (Range) a;
        Range y = (Range) b;
        Range both = new Range(greater(LOW, x.low(), y.low()), less(HIGH, x.high(), y.high()));
        return isEmpty(both) ? NOTHING : both;
    }

    /** Of a range and anything else, the least range that holds both. */
    KeyRange union(KeyRange a, KeyRange b) {
        if (a.equals(NOTHING)) {
            return b;
        }
        if (b.equals(NOTHING)) {
            return a;
        }
        if (a instanceof Keys x && b instanceof Keys y) {
            return keys(Stream.concat(x.keys().stream(), y.keys().stream()));
        }
        Range x = hull(a);
        Range y = hull(b);
        return new Range(less(LOW, x.low(), y.low()), greater(HIGH, x.high(), y.high()));
    }

    /** The least range that holds them, of which there must be some. */
    static Range hull(KeyRange range) {
        if (range instanceof Keys keys) {
            List<Object> sorted = keys.keys();
            return new Range(new Bound(sorted.get(0), true), new Bound(sorted.get(sorted.size() - 1), true));
        }
        return (Range) range;
    }

    private boolean holds(KeyRange range, Object key) {
        return range instanceof Keys keys
                ? keys.keys().stream().anyMatch(each -> same(each, key))
                : range.contains(key);
    }

    Keys keys(Stream<Object> keys) {
        List<Object> distinct = new ArrayList<>();
        keys.sorted(Terms.ORDER)
                .filter(key -> distinct.stream().noneMatch(each -> same(each, key)))
                .forEach(distinct::add);
        return new Keys(distinct);
    }

    private static boolean isEmpty(Range range) {
        if (range.low() == null || range.high() == null) {
            return false;
        }
        int order = Terms.compare(range.low().key(), range.high().key());
        return order > 0
                || order == 0 && !(range.low().inclusive() && range.high().inclusive());
    }

    private static Stream<Object> spellings(Object leaf) {
        if (!(leaf instanceof Number number)) {
            return Stream.of(leaf);
        }
        double asFloat = number.doubleValue();
        Stream<Object> floats = asFloat == 0 ? Stream.of(0.0, -0.0) : Stream.of(asFloat);
        Stream<Object> all = Double.isFinite(asFloat)
                ? Stream.concat(Stream.of(leaf, integer(asFloat)), floats)
                : Stream.concat(Stream.of(leaf), floats);
        return all.filter(spelling -> Terms.compare(spelling, leaf) == 0);
    }

    /** The integer next to the float, towards zero. */
    private static Object integer(double value) {
        return Terms.keyOf(new BigDecimal(value).toBigInteger());
    }

    private static @Nullable Bound less(Comparator<@Nullable Bound> order, @Nullable Bound a, @Nullable Bound b) {
        return order.compare(a, b) <= 0 ? a : b;
    }

    private static @Nullable Bound greater(Comparator<@Nullable Bound> order, @Nullable Bound a, @Nullable Bound b) {
        return order.compare(a, b) >= 0 ? a : b;
    }
}
