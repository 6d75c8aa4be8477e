// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import org.jspecify.annotations.Nullable;

/** The tuple of many elements, or of some that hold elements in turn. */
final class ArrayTuple extends Tuple {

    private final @Nullable Object[] elements;
    private final int extent;

    ArrayTuple(@Nullable Object[] terms, int extent) {
        this.elements = terms;
        this.extent = extent;
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public @Nullable Object get(int index) {
        if (index < 0 || index >= elements.length) {
            throw noElement(index);
        }
        return elements[index];
    }

    @Override
    int extent() {
        return extent;
    }
}
