// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is a term, which terms are equal, and which is less. The set of terms is described at the
 * {@linkplain org.bequest.term package}. All methods may be called by any thread.
 */
public final class Terms {

    /** How deep terms may be nested: 128. A tuple, list or map of no other such is nested once. */
    public static final int MAX_DEPTH = 128;

    /**
     * How many elements a term may hold, those of its elements included, and counted each time that they occur:
     * 16,777,215. A pair of a map counts as two.
     */
    public static final int MAX_ELEMENTS = (1 << 24) - 1;

    /**
     * The order of {@link #compare}. Terms that are equal by value but not exactly, such as 1 and 1.0, count as the
     * same: the order is <em>not</em> consistent with {@code equals}.
     */
    public static final Comparator<@Nullable Object> ORDER = Order.BY_VALUE;

    private Terms() {}

    /**
     * Returns the term for a value. A value that is a term is returned as it is. {@code Byte}, {@code Short} and
     * {@code Integer} become {@code Long}; so does a {@code BigInteger} that fits. {@code Float} becomes
     * {@code Double}, {@code byte[]} becomes {@link Binary}. Any other {@code List} or {@code Map} is copied, deep, into
     * an unmodifiable one; later changes of the original do not show.
     *
     * <p>Reading a foreign list or map calls its code, on this thread. What that code throws comes through; whatever it
     * answers, the result is a term.
     *
     * @param value any value, or null
     * @return the term; null if, and only if, the value is null
     * @throws NotATermException if the value is, or holds, what no term can be made of; if a map holds a null key, or
     *     two keys that become the same term; if it is nested deeper than {@link #MAX_DEPTH} (as everything is that
     *     contains itself), or holds more than {@link #MAX_ELEMENTS}
     */
    public static @Nullable Object copyOf(@Nullable Object value) {
        return Copy.of(value);
    }

    /**
     * Returns the term for a value that is to be a key: as {@link #copyOf}, but null is refused.
     *
     * @param value any value
     * @return the term, never null
     * @throws NotATermException as {@link #copyOf}, and if the value is null
     */
    public static Object keyOf(@Nullable Object value) {
        Object key = copyOf(value);
        if (key == null) {
            throw NotATermException.nullKey();
        }
        return key;
    }

    /**
     * Tells whether a value is a term as it stands, so that {@link #copyOf} would return the very same. Looks at the
     * value only, not at its elements: they cannot be anything but terms.
     */
    public static boolean isTerm(@Nullable Object value) {
        return Kind.of(value) != Kind.NONE;
    }

    /**
     * Compares two terms by value, as Erlang's {@code <} and {@code ==} do:
     *
     * <ul>
     *   <li>numbers by their exact mathematical values, integers and floats mixed, and 0.0 as -0.0; NaN is the greatest
     *       number and equal to itself;
     *   <li>false before true;
     *   <li>UUIDs as unsigned numbers of 128 bits, which is the order of their text;
     *   <li>java.time values by class, in the order of the list at the {@linkplain org.bequest.term package}, then by
     *       their natural order; periods by years, months and days; zones by id;
     *   <li>pids by node, then by number;
     *   <li>tuples by size, then element by element;
     *   <li>maps by size; then by their sorted keys, compared exactly, where every integer is less than every float;
     *       then by the values in the order of the keys;
     *   <li>lists element by element, a prefix before the longer one;
     *   <li>strings by code points (not as {@code String.compareTo}), a prefix before the longer one;
     *   <li>binaries by unsigned bytes, a prefix before the longer one.
     * </ul>
     *
     * @param a a term
     * @param b a term
     * @return negative if a is less than b, zero if they are equal by value, positive if a is greater
     * @throws NotATermException if either is not a term as it stands
     */
    public static int compare(@Nullable Object a, @Nullable Object b) {
        return Order.BY_VALUE.compare(a, b);
    }

    /**
     * Tells whether two terms are exactly equal, as Erlang's {@code =:=}: 1 is not 1.0, and 0.0 is not -0.0, all the
     * way down. NaN is equal to itself. This is {@code equals}, for terms that may be null.
     *
     * @param a a term
     * @param b a term
     */
    public static boolean equal(@Nullable Object a, @Nullable Object b) {
        return Objects.equals(a, b);
    }
}
