// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.List;
import java.util.stream.Collectors;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * Where in a table the rows that match can be, by their keys: see {@link MatchSpec#keys}. An engine looks {@link Keys} up;
 * if it keeps its keys in order, it walks a {@link Range}; else it reads all rows. In any case it evaluates the rows found.
 * Immutable, and plain data: bounds and keys are terms.
 */
public sealed interface KeyRange {

    /** Tells whether a row with that key can match, compared by value: false only if none can. */
    boolean contains(Object key);

    /** As people read it, in {@code explain}: <code>key in ["a", "b"]</code>, <code>5 =&lt; key &lt; 9</code>. */
    @Override
    String toString();

    /**
     * A few keys to look up, one after the other; if there are none, nothing matches.
     *
     * @param keys in the order of terms, never null, and no two the same to the table that the analysis was made for
     */
    record Keys(List<Object> keys) implements KeyRange {

        public Keys {
            keys = List.copyOf(keys);
        }

        @Override
        public boolean contains(Object key) {
            return keys.stream().anyMatch(each -> Terms.compare(each, key) == 0);
        }

        @Override
        public String toString() {
            return switch (keys.size()) {
                case 0 -> "no key";
                case 1 -> "key " + Constant.of(keys.get(0));
                default ->
                    "key in "
                            + keys.stream()
                                    .map(key -> Constant.of(key).toString())
                                    .collect(Collectors.joining(", ", "[", "]"));
            };
        }
    }

    /**
     * The keys between two bounds, in the order of terms.
     *
     * @param low the least, or null if there is no such bound
     * @param high the greatest, or null if there is no such bound
     */
    record Range(@Nullable Bound low, @Nullable Bound high) implements KeyRange {

        static final Range EVERY = new Range(null, null);

        @Override
        public boolean contains(Object key) {
            return !isBelow(key) && !isAbove(key);
        }

        /** Tells whether the key is too little, and so are all before it. */
        public boolean isBelow(Object key) {
            return low != null && !low.leavesRoom(Terms.compare(low.key(), key));
        }

        /** Tells whether the key is too great, and so are all after it. */
        public boolean isAbove(Object key) {
            return high != null && !high.leavesRoom(Terms.compare(key, high.key()));
        }

        /** Tells whether it holds every key, so that all rows must be read. */
        public boolean isEverything() {
            return low == null && high == null;
        }

        @Override
        public String toString() {
            if (isEverything()) {
                return "every key";
            }
            return (low == null ? "" : Constant.of(low.key()) + (low.inclusive() ? " =< " : " < "))
                    + "key"
                    + (high == null ? "" : (high.inclusive() ? " =< " : " < ") + Constant.of(high.key()));
        }
    }

    /** @param inclusive whether the key itself, and what equals it by value, is within */
    record Bound(Object key, boolean inclusive) {

        private boolean leavesRoom(int order) {
            return order < 0 || inclusive && order == 0;
        }
    }
}
