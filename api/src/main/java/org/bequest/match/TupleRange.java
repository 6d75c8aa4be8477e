// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bequest.match.KeyRange.Bound;
import org.bequest.match.KeyRange.Keys;
import org.bequest.match.KeyRange.Range;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The range of the tuples of one size whose elements are within ranges of their own. */
final class TupleRange {

    /* Tuples of a size are ordered element by element. So elements that are bound to one value, from the first on, are the
     * prefix of all these tuples; the next one, which has a range, gives the range; and those after it add nothing:
     *
     *     {"a", x >= 5, _}    {"a", 5, least} =< key < {"b", least, least}
     *
     * There is a least term. There is no greatest, so where no upper bound is known, the prefix is bounded from above by one
     * whose last element is a little greater. How much does not matter, as rows found are evaluated in any case. */

    /** No term is less: numbers come first. */
    private static final Object LEAST = Double.NEGATIVE_INFINITY;

    private final int size;
    private final List<KeyRange> elements = new ArrayList<>();

    TupleRange(int size) {
        this.size = size;
    }

    void add(KeyRange element) {
        elements.add(element);
    }

    KeyRange range() {
        if (elements.contains(KeyAlgebra.NOTHING)) {
            return KeyAlgebra.NOTHING;
        }
        if (elements.stream()
                .allMatch(element -> element instanceof Keys keys && keys.keys().size() == 1)) {
            return new Keys(List.of(Tuple.of(elements.stream()
                    .map(element -> ((Keys) element).keys().get(0))
                    .toArray())));
        }
        List<Object> prefix = new ArrayList<>();
        for (KeyRange element : elements) {
            Range range = KeyAlgebra.hull(element);
            if (!isOneValue(range)) {
                return new Range(low(prefix, range.low()), high(prefix, range.high()));
            }
            prefix.add(range.low().key());
        }
        Bound only = new Bound(Tuple.of(prefix.toArray()), true);
        return new Range(only, only);
    }

    private static boolean isOneValue(Range range) {
        return range.low() != null
                && range.high() != null
                && Terms.compare(range.low().key(), range.high().key()) == 0;
    }

    private Bound low(List<Object> prefix, @Nullable Bound next) {
        return new Bound(filledUp(prefix, next == null ? LEAST : next.key()), true);
    }

    private Bound high(List<Object> prefix, @Nullable Bound next) {
        if (next != null && prefix.size() == size - 1) {
            return new Bound(filledUp(prefix, next.key()), next.inclusive());
        }
        Object above = next == null ? null : next.inclusive() ? Successor.of(next.key()) : next.key();
        if (above != null) {
            return new Bound(filledUp(prefix, above), false);
        }
        if (prefix.isEmpty()) {
            return new Bound(leastOfSize(size + 1), false);
        }
        int last = prefix.size() - 1;
        return high(prefix.subList(0, last), new Bound(prefix.get(last), true));
    }

    /** The least tuple that begins so. */
    private Tuple filledUp(List<Object> prefix, Object next) {
        Object[] all = new Object[size];
        Arrays.fill(all, LEAST);
        for (int i = 0; i < prefix.size(); i++) {
            all[i] = prefix.get(i);
        }
        all[prefix.size()] = next;
        return Tuple.of(all);
    }

    private static Tuple leastOfSize(int size) {
        Object[] all = new Object[size];
        Arrays.fill(all, LEAST);
        return Tuple.of(all);
    }
}
