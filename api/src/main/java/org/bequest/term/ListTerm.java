// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The list that is a term. What would change it is left to {@link AbstractList}, which refuses. */
final class ListTerm extends AbstractList<@Nullable Object> implements RandomAccess {

    private final @Nullable Object[] elements;
    private final int extent;

    /** Of an array that holds nothing but terms, and that nobody else will write to. */
    ListTerm(@Nullable Object[] terms) {
        this.elements = terms;
        this.extent = Extent.around(terms);
    }

    @Override
    public @Nullable Object get(int index) {
        return elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    int extent() {
        return extent;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListTerm that ? Arrays.equals(elements, that.elements) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements); // as List demands
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
