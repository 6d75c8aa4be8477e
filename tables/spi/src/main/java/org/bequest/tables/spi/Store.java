// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.spi;

import java.util.Iterator;
import java.util.List;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The rows of one table. Keys are told apart by {@link Object#equals} in a set, by
 * {@link org.bequest.term.Terms#compare} in an ordered set.
 *
 * <p>Threads. Reads come at any time, from any thread. A read of one key must not wait for writes; one of many may wait for
 * a batch. Of the writes, {@link #insertNew}, {@link #replace}, {@link #put} and {@link #remove} may run at the same time as
 * each other; {@link #putAll} and {@link #clear} are given the store for themselves, but for reads. Whatever a write did is
 * visible to every read that begins after it has returned.
 *
 * <p>Isolation. A {@link #putAll} becomes visible at one moment: reads that are ordered after one that has seen a row of it
 * see them all. {@link #toList}, {@link #size} and the four steps through an ordered store count a batch whole or not at all.
 * An {@link #iterator} never returns an older row than another read before it, but it may miss keys that were added after it
 * began. Single writes that go on meanwhile may or may not be seen.
 */
@ConsumerType
public interface Store {
    @Nullable
    Tuple get(Object key);

    long size();

    /** All rows, in key order if ordered: a copy that holds each batch whole or not at all. */
    List<Tuple> toList();

    /**
     * The rows, in key order if ordered: each that is there all the time exactly once. Never fails because of a write.
     * Does not remove.
     */
    Iterator<Tuple> iterator();

    /** The lowest key, or null. Ordered stores only, like the next three. */
    @Nullable
    Object first();

    /** The highest key, or null. */
    @Nullable
    Object last();

    /** The lowest key above the given one, or null. */
    @Nullable
    Object next(Object key);

    /** The highest key below the given one, or null. */
    @Nullable
    Object prev(Object key);

    /** Puts the row in, in place of the one with its key. */
    void put(Tuple row);

    /** Puts the row in unless its key is there; returns whether it did. */
    boolean insertNew(Tuple row);

    /** Puts {@code row} in place of {@code expected}, which has the same key, if exactly (equals) that row is there. */
    boolean replace(Tuple expected, Tuple row);

    /** Removes the row with that key and returns it; null if there is none. */
    @Nullable
    Tuple remove(Object key);

    /** Puts all the rows in, the later of two with one key, at one moment. Fails before that moment or not at all. */
    void putAll(List<Tuple> rows);

    /** Removes all rows, at one moment. */
    void clear();
}
