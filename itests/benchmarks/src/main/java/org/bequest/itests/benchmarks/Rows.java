// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table, for the suites {@code tables} and {@code memory}: rows of a key, a text that rows share, and a number. Not
 * everybody can do all of it. Threads: any, but for {@link #renew}.
 */
interface Rows extends AutoCloseable {
    /** Throws all rows away and begins anew. */
    void renew();

    /** The row with that key, or null. */
    @Nullable
    Object get(long key);

    /** The number of the row with that key, which is there. */
    default long number(long key) {
        throw new UnsupportedOperationException();
    }

    /** Puts the row in, over the one with its key. */
    void insert(Row row);

    default boolean insertNew(Row row) {
        throw new UnsupportedOperationException();
    }

    default void insertAll(List<Row> rows) {
        throw new UnsupportedOperationException();
    }

    default void insert(NamedRow row) {
        throw new UnsupportedOperationException();
    }

    default void delete(long key) {
        throw new UnsupportedOperationException();
    }

    /** Adds 1 to the number of the row with that key. */
    default @Nullable Object updateCounter(long key) {
        throw new UnsupportedOperationException();
    }

    /** The numbers of the rows with that key, by a pattern. */
    default List<?> matchKey(long key) {
        throw new UnsupportedOperationException();
    }

    /** The numbers of the rows from a key to another, which is not included. */
    default List<?> matchRange(long from, long to) {
        throw new UnsupportedOperationException();
    }

    /** How many rows have at least that number. */
    default long count(long least) {
        throw new UnsupportedOperationException();
    }

    /** The sum of the numbers, by an iterator. */
    default long sum() {
        throw new UnsupportedOperationException();
    }

    @Override
    default void close() {}
}
