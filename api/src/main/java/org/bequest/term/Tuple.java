// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of terms, as Erlang's {@code tuple()}: a row of a table, a message, a key of several parts.
 *
 * <p>Elements count from <strong>zero</strong>: {@code get(0)} is Erlang's {@code element(1, Tuple)}. What is given to
 * {@code of} and {@link #with} goes through {@link Terms#copyOf}, so a tuple holds nothing but terms, and is one itself.
 * Immutable, and safe for use by any number of threads.
 */
public abstract sealed class Tuple permits FlatTuple, PackedTuple, ArrayTuple {

    /* A tuple is always of the one class that its elements allow, so tuples that are equal are of the same class. */

    // Only the permitted kinds.
    Tuple() {}

    /** Returns the empty tuple. */
    public static Tuple of() {
        return FlatTuple.EMPTY;
    }

    /**
     * Returns the tuple of one element. A literal null needs a cast, {@code Tuple.of((Object) null)}, or Java takes it
     * for an array.
     *
     * @throws NotATermException if no term can be made of the element
     */
    public static Tuple of(@Nullable Object a) {
        int kind = Packing.kind(a);
        return Packing.areLeaves(kind) ? Packing.of(kind, a) : ofTerms(Copy.element(0, a));
    }

    /**
     * Returns the tuple of two elements.
     *
     * @throws NotATermException if no term can be made of an element
     */
    public static Tuple of(@Nullable Object a, @Nullable Object b) {
        int kinds = Packing.kinds(a, b);
        return Packing.areLeaves(kinds) ? Packing.of(kinds, a, b) : ofTerms(Copy.element(0, a), Copy.element(1, b));
    }

    /**
     * Returns the tuple of three elements.
     *
     * @throws NotATermException if no term can be made of an element
     */
    public static Tuple of(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        int kinds = Packing.kinds(a, b, c);
        return Packing.areLeaves(kinds)
                ? Packing.of(kinds, a, b, c)
                : ofTerms(Copy.element(0, a), Copy.element(1, b), Copy.element(2, c));
    }

    /**
     * Returns the tuple of these elements.
     *
     * @param elements any number of values; the array itself is not kept
     * @throws NotATermException if no term can be made of an element, or the tuple would be nested too deep or hold too
     *     many elements
     */
    public static Tuple of(@Nullable Object... elements) {
        Objects.requireNonNull(elements, "elements; for a tuple that holds one null write Tuple.of((Object) null)");
        @Nullable Object[] terms = Arrays.copyOf(elements, elements.length, Object[].class);
        int kinds = Packing.kinds(terms);
        if (Packing.areLeaves(kinds)) {
            return Packing.of(kinds, terms);
        }
        for (int i = 0; i < terms.length; i++) {
            terms[i] = Copy.element(i, terms[i]);
        }
        return ofTerms(terms);
    }

    /** As {@link #of(Object...)}, of an array that holds terms already, and that nobody else will write to. */
    static Tuple ofTerms(@Nullable Object... terms) {
        int kinds = Packing.kinds(terms);
        return Packing.areLeaves(kinds) ? Packing.of(kinds, terms) : new ArrayTuple(terms, Extent.around(terms));
    }

    /** Returns the number of elements, as Erlang's {@code tuple_size/1}. */
    public abstract int size();

    /**
     * Returns an element, as Erlang's {@code element/2}, which counts from one. A number may be another object each time.
     *
     * @param index from zero to {@code size() - 1}
     * @return the term there, which may be null
     * @throws IndexOutOfBoundsException if the tuple has no such element
     */
    public abstract @Nullable Object get(int index);

    /**
     * Tells whether {@link #getLong} returns an element: whether it is an integer within the range of {@code long}. In a
     * tuple of few elements neither makes an object, as {@link #get} may have to.
     *
     * @throws IndexOutOfBoundsException if the tuple has no such element
     */
    public boolean isLong(int index) {
        return get(index) instanceof Long;
    }

    /**
     * Tells whether {@link #getDouble} returns an element: whether it is a float.
     *
     * @throws IndexOutOfBoundsException if the tuple has no such element
     */
    public boolean isDouble(int index) {
        return get(index) instanceof Double;
    }

    /**
     * Returns an element that is an integer within the range of {@code long}.
     *
     * @throws IndexOutOfBoundsException if the tuple has no such element
     * @throws ClassCastException if it is of another kind, or null; floats are not turned into integers
     */
    public long getLong(int index) {
        return element(index, Long.class);
    }

    /**
     * Returns an element that is a float.
     *
     * @throws IndexOutOfBoundsException if the tuple has no such element
     * @throws ClassCastException if it is of another kind, or null; integers are not turned into floats
     */
    public double getDouble(int index) {
        return element(index, Double.class);
    }

    /**
     * Returns an element that is a boolean.
     *
     * @throws IndexOutOfBoundsException if the tuple has no such element
     * @throws ClassCastException if it is of another kind, or null
     */
    public final boolean getBoolean(int index) {
        return element(index, Boolean.class);
    }

    /**
     * Returns an element that is a string.
     *
     * @throws IndexOutOfBoundsException if the tuple has no such element
     * @throws ClassCastException if it is of another kind, or null
     */
    public final String getString(int index) {
        return element(index, String.class);
    }

    /**
     * Returns an element that is a tuple.
     *
     * @throws IndexOutOfBoundsException if the tuple has no such element
     * @throws ClassCastException if it is of another kind, or null
     */
    public final Tuple getTuple(int index) {
        return element(index, Tuple.class);
    }

    private <T> T element(int index, Class<T> kind) {
        Object element = get(index);
        if (!kind.isInstance(element)) {
            throw new ClassCastException("Element " + index + " (from 0) of a tuple of " + size() + " is "
                    + Text.kindOf(element) + ", not " + kind.getSimpleName());
        }
        return kind.cast(element);
    }

    /**
     * Returns a tuple that differs from this one in one element, as Erlang's {@code setelement/3}, which counts from
     * one. This one does not change.
     *
     * @param index from zero to {@code size() - 1}
     * @param element the new element, or null
     * @throws IndexOutOfBoundsException if the tuple has no such element
     * @throws NotATermException if no term can be made of the element, or the tuple would be nested too deep or hold
     *     too many elements
     */
    public final Tuple with(int index, @Nullable Object element) {
        if (index < 0 || index >= size()) {
            throw noElement(index);
        }
        return withTerm(index, Copy.element(index, element));
    }

    /** As {@link #with}, of an index that there is, and a term. */
    Tuple withTerm(int index, @Nullable Object term) {
        @Nullable Object[] terms = toArray();
        terms[index] = term;
        return ofTerms(terms);
    }

    /** Returns the elements as an unmodifiable list, which is a term, as Erlang's {@code tuple_to_list/1}. */
    public final List<@Nullable Object> toList() {
        return new ListTerm(toArray());
    }

    private @Nullable Object[] toArray() {
        @Nullable Object[] elements = new Object[size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = get(i);
        }
        return elements;
    }

    /** How much this tuple holds, see {@link Extent}. */
    abstract int extent();

    final IndexOutOfBoundsException noElement(int index) {
        return new IndexOutOfBoundsException(
                "A tuple of " + size() + " has no element " + index + "; elements count from 0");
    }

    /** Tells whether the other is a tuple of the same size and of exactly equal elements: {1} is not {1.0}. */
    @Override
    public final boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other != null && getClass() == other.getClass() && hasSameElements((Tuple) other);
    }

    /** Of another tuple of this class. */
    boolean hasSameElements(Tuple that) {
        if (size() != that.size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!Objects.equals(get(i), that.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns a hash of the elements. It is not kept: a tuple is to be small. */
    @Override
    public final int hashCode() {
        int hash = 1;
        for (int i = 0; i < size(); i++) {
            hash = 31 * hash + hashOf(i);
        }
        return hash;
    }

    int hashOf(int index) {
        return Objects.hashCode(get(index));
    }

    /** Returns the elements as Erlang writes them: <code>{1, "a", 2.0}</code>. */
    @Override
    public final String toString() {
        return Text.of(this);
    }
}
