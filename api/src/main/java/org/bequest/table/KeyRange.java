// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** The keys from a low to a high one, in the order of terms. Immutable. */
record KeyRange(@Nullable End low, @Nullable End high) {
    static final KeyRange ALL = new KeyRange(null, null);

    /** One end of a range; where there is none the range has no end. */
    record End(Object key, boolean included) {
        /** The same side's end of a range within: this key itself may be excluded there also if it is included here. */
        boolean admits(End inner, int side) {
            int order = side * Terms.compare(inner.key, key);
            return order > 0 || order == 0 && (included || !inner.included);
        }
    }

    boolean covers(Object key) {
        return !beyond(low, key, 1) && !beyond(high, key, -1);
    }

    private static boolean beyond(@Nullable End end, Object key, int side) {
        if (end == null) {
            return false;
        }
        int order = side * Terms.compare(key, end.key);
        return order < 0 || order == 0 && !end.included;
    }

    /**
     * The part of this range from one end to the other; null for this range's own.
     *
     * @throws IllegalArgumentException if an end lies outside of this range, or the low one above the high one
     */
    KeyRange part(@Nullable End from, @Nullable End to) {
        if (from != null && to != null && Terms.compare(from.key, to.key) > 0) {
            throw new IllegalArgumentException("A range cannot go from " + from.key + " up to " + to.key);
        }
        check(from);
        check(to);
        return new KeyRange(from == null ? low : from, to == null ? high : to);
    }

    private void check(@Nullable End end) {
        if (end != null && (low != null && !low.admits(end, 1) || high != null && !high.admits(end, -1))) {
            throw new IllegalArgumentException("Key " + end.key + " lies outside of the range " + this);
        }
    }

    @Override
    public String toString() {
        return (low == null ? "(" : (low.included ? "[" : "(") + low.key) + " .. "
                + (high == null ? ")" : high.key + (high.included ? "]" : ")"));
    }
}
