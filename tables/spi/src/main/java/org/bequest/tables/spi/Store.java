// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.spi;

import java.util.Iterator;
import java.util.List;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The rows of one table. Keys are told apart by {@link org.bequest.term.Terms#compare} in an ordered set, by
 * {@link Object#equals} in the other types. Rows are told apart by {@link Object#equals} in all of them.
 *
 * <p>A set and an ordered set hold one row for a key; a bag holds any number of rows for a key, but none twice; a duplicate bag
 * may hold a row any number of times. The rows of one key are kept in the order in which they came.
 *
 * <p>Threads. Reads come at any time, from any thread. A read of one key must not wait for writes; one of many may wait for
 * a batch. Of the writes, {@link #put}, {@link #insertNew}, {@link #replace}, {@link #remove} and {@link #removeRow} may run at
 * the same time as each other; {@link #putAll} and {@link #clear} are given the store for themselves, but for reads. Whatever a
 * write did is visible to every read that begins after it has returned.
 *
 * <p>Isolation. A write becomes visible at one moment, also {@link #putAll}: reads that are ordered after one that has seen a
 * row of it see them all. {@link #toList}, {@link #size} and the steps from key to key count a batch whole or not at all. An
 * iterator never returns an older row than another read before it, but it may miss rows that were added after it began; its
 * {@link java.util.Iterator#forEachRemaining} may read some rows before it hands them on, the later ones not before the earlier
 * ones. Single writes that go on meanwhile may or may not be seen.
 */
@ConsumerType
public interface Store {
    /** The row with that key, or null; in a bag the one that came first. */
    @Nullable
    Tuple get(Object key);

    /** The rows with that key, in the order in which they came. Immutable. */
    List<Tuple> lookup(Object key);

    long size();

    /** All rows, in key order if ordered: a copy that holds each batch whole or not at all. */
    List<Tuple> toList();

    /**
     * The rows, in key order if ordered, those of one key together: each that is there all the time exactly once (a duplicate
     * bag: each copy). Never fails because of a write. Does not remove.
     */
    Iterator<Tuple> iterator();

    /**
     * The rows whose keys lie in the range, in key order, or against it. Ordered sets only.
     *
     * @param from the lowest key, included; null for no bound. A narrower range is the kernel's to filter.
     * @param to the highest key, included; null for no bound
     */
    Iterator<Tuple> range(@Nullable Object from, @Nullable Object to, boolean reverse);

    /**
     * The first key in the store's order, or null: the key order of an ordered set, else an order of its own which stays as long
     * as the store.
     */
    @Nullable
    Object first();

    /** The last key in the store's order, or null. */
    @Nullable
    Object last();

    /** The nearest key after the given one, which need not be there, in the store's order; or null. */
    @Nullable
    Object next(Object key);

    /** The nearest key before the given one, which need not be there, in the store's order; or null. */
    @Nullable
    Object prev(Object key);

    /** Sets: puts the row in, in place of the one with its key. Bag: adds it unless exactly it is there. Duplicate bag: adds it. */
    void put(Tuple row);

    /** Puts the row in unless its key is there; returns whether it did. */
    boolean insertNew(Tuple row);

    /**
     * Puts {@code row} in place of {@code expected}, which has the same key, if exactly (equals) that row is there; in a duplicate
     * bag in place of one copy of it. Bags are never asked to make a row equal to another.
     */
    boolean replace(Tuple expected, Tuple row);

    /** Removes the rows with that key and returns them; an empty list if there is none. */
    List<Tuple> remove(Object key);

    /** Removes exactly that row, with all its copies; returns how many they were. */
    int removeRow(Tuple row);

    /** Does for each of the rows, in their order, what {@link #put} does, at one moment. Fails before that moment or not at all. */
    void putAll(List<Tuple> rows);

    /** Removes all rows, at one moment. */
    void clear();
}
