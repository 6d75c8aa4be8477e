// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import org.jspecify.annotations.Nullable;

/**
 * How much a term holds: how deep it is nested, and how many elements there are in all. Each tuple, list and map knows
 * its own, so that a new one around them is bounded by a look at its direct elements. Without the bounds, comparing or
 * hashing could overflow the stack, or not end in a lifetime where the same element is shared over and over.
 *
 * <p>Both numbers are packed into one int, the depth above the 24 bits of the count: a list then has the size of its
 * fields with no padding.
 */
final class Extent {

    /** The extent of all terms that hold no others. No tuple, list or map has it, not even an empty one. */
    static final int LEAF = 0;

    private static final int COUNT_BITS = 24;
    private static final int COUNT = (1 << COUNT_BITS) - 1;

    private Extent() {}

    static int of(@Nullable Object term) {
        if (term instanceof Tuple tuple) {
            return tuple.extent();
        }
        if (term instanceof ListTerm list) {
            return list.extent();
        }
        if (term instanceof MapTerm map) {
            return map.extent();
        }
        return LEAF;
    }

    /** Returns the extent of a container of so many leaves. */
    static int flat(int size) {
        return 1 << COUNT_BITS | size;
    }

    /**
     * Returns the extent of a container of these elements.
     *
     * @throws NotATermException if it is beyond the bounds
     */
    static int around(@Nullable Object[] elements) {
        int depth = 0;
        long count = elements.length;
        for (Object element : elements) {
            int extent = of(element);
            depth = Math.max(depth, extent >>> COUNT_BITS);
            count += extent & COUNT;
        }
        if (depth >= Terms.MAX_DEPTH) {
            throw NotATermException.tooDeep();
        }
        if (count > Terms.MAX_ELEMENTS) {
            throw NotATermException.tooMany();
        }
        return depth + 1 << COUNT_BITS | (int) count;
    }
}
