// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a store, one for each key: which keys are the same, in what order they are, and where their cells are. Reads
 * never wait, and never fail because of a write. A key is not kept beside its cell: it is in the rows.
 */
interface CellMap {

    /** What a write makes of a cell. It is called once, while nobody else writes that cell; it calls nothing but terms. */
    @FunctionalInterface
    interface Step<G> {
        /** The cell to be put in place of that one, which may be the very same; null for none. */
        @Nullable
        Object of(@Nullable Object cell, G given);
    }

    /** One cell after the other, each read when it is asked for. */
    interface Cursor {
        /** The plain cell of the next key that has rows, or null at the end; it is not asked again then. */
        @Nullable
        Object next();

        /**
         * Puts the cells that come next into the run, all read before the first of them is looked at: memory then brings many
         * rows at a time. It may stop before any cell, and does so before one that is no row.
         *
         * @return how many; zero says nothing of what {@link #next} will find
         */
        int next(Tuple[] run);
    }

    /** The cell of that key, as it stands; null for none. */
    @Nullable
    Object get(Object key);

    /** Changes the cell of that key, and returns the one before. Visible at one moment. */
    <G> @Nullable Object change(Object key, G given, Step<G> step);

    /** The first row of the nearest key after that one, or of the first for null; null if there is none. */
    @Nullable
    Tuple above(@Nullable Object key);

    /** The first row of the nearest key before that one, or of the last for null; null if there is none. */
    @Nullable
    Tuple below(@Nullable Object key);

    /** All keys: those that are there all the time exactly once, each as it is when it is come to. */
    Cursor all();

    /** The keys between those, both included, or against the order; null for no bound. */
    Cursor range(@Nullable Object from, @Nullable Object to, boolean reverse);
}
