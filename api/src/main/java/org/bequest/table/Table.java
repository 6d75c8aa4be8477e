// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A handle on a table: rows are {@link Tuple}s, told apart by the element at the table's key position. What the holder
 * may do hangs on the handle, see {@link Access}.
 *
 * <p>Keys, values and rows are terms: whatever is offered is copied into one ({@link org.bequest.term.Terms#copyOf}), and
 * refused with {@link org.bequest.term.NotATermException} if it is none. A key is never null. Positions count from 0.
 *
 * <p>Threads: any. Every method is atomic and isolated on its own; {@link #iterator()} is not a snapshot.
 *
 * <p>Failure: a refused call changes nothing. Every method but {@link #name()} throws {@link NoSuchTableException} once
 * the table is gone; reads throw {@link NotOwnerException} on a private table of somebody else; writes throw it on a
 * protected one; every call throws {@link FencedException} once the holder has ended, and writes also once ownership has
 * moved on.
 */
@ProviderType
public interface Table extends Iterable<Tuple> {
    String name();

    /** What is known of the table just now; {@code ets:info/1}. */
    TableInfo info();

    /** The row with that key, or null. */
    @Nullable
    Tuple get(Object key);

    /** The rows with that key, none or one as long as tables are sets; {@code ets:lookup/2}. Immutable. */
    List<Tuple> lookup(Object key);

    /** Whether there is a row with that key; {@code ets:member/2}. */
    boolean member(Object key);

    /** Number of rows. */
    long size();

    /**
     * All rows, in key order if the table is ordered; {@code ets:tab2list/1}. A copy that holds a batch whole or not at all.
     * Single changes made meanwhile may or may not be in it.
     */
    List<Tuple> toList();

    /**
     * The rows, in key order if the table is ordered. Every row that is there all the time is met exactly once; one that
     * comes, goes or is replaced meanwhile may or may not be met. The iterator removes nothing. Rights are checked when it
     * is made and at each step.
     */
    @Override
    Iterator<Tuple> iterator();

    /** The rows of {@link #iterator()}, lazily. */
    default Stream<Tuple> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * The lowest key, or null if there is none; {@code ets:first/1}.
     *
     * @throws UnsupportedOperationException if the table is not ordered; the same for {@link #last}, {@link #next} and
     *     {@link #prev}
     */
    @Nullable
    Object first();

    /** The highest key, or null; {@code ets:last/1}. */
    @Nullable
    Object last();

    /** The lowest key above the given one, which need not be there, or null; {@code ets:next/2}. */
    @Nullable
    Object next(Object key);

    /** The highest key below the given one, which need not be there, or null; {@code ets:prev/2}. */
    @Nullable
    Object prev(Object key);

    /**
     * Puts the row in, in place of the one with the same key; {@code ets:insert/2}.
     *
     * @throws IllegalArgumentException if the row has no element at the key position, or null there
     */
    void insert(Tuple row);

    /**
     * Puts all the rows in, as one: nobody ever sees some without the others. Of two rows with one key the later stays.
     *
     * @throws IllegalArgumentException if one of the rows has no key; then none is inserted
     */
    void insert(Collection<Tuple> rows);

    /** Puts the row in unless its key is there; {@code ets:insert_new/2}. Returns whether it did. */
    boolean insertNew(Tuple row);

    /** Puts all the rows in, as one, unless one of their keys is there. Returns whether it did. */
    boolean insertNew(Collection<Tuple> rows);

    /**
     * Puts {@code row} in place of {@code expected} if exactly that row is there: compare and set. Returns whether it did.
     *
     * @throws IllegalArgumentException if the two have different keys
     */
    boolean replace(Tuple expected, Tuple row);

    /**
     * Sets one element of the row with that key; {@code ets:update_element/3}. Returns false if there is no such row.
     *
     * @throws IllegalArgumentException if the position is the key's, or not in the row
     */
    boolean update(Object key, int position, @Nullable Object value);

    /** Sets several elements (position to value) of the row with that key at once. See the other. */
    boolean update(Object key, Map<Integer, ? extends @Nullable Object> values);

    /**
     * Adds to the integer at that position; {@code ets:update_counter/3}. Returns the sum.
     *
     * @throws IllegalArgumentException if there is no such row, or its element there is the key or no integer
     * @throws ArithmeticException if the sum is beyond a {@code long}
     */
    long updateCounter(Object key, int position, long increment);

    /**
     * The same, on {@code defaultRow} (its key element replaced by the key) if there is no such row;
     * {@code ets:update_counter/4}.
     */
    long updateCounter(Object key, int position, long increment, Tuple defaultRow);

    /** Removes the rows with that key and returns them; {@code ets:take/2}. Immutable. */
    List<Tuple> take(Object key);

    /** Removes the rows with that key; {@code ets:delete/2}. Returns whether there was one. */
    boolean delete(Object key);

    /** Removes all rows, as one; {@code ets:delete_all_objects/1}. */
    void deleteAll();

    /**
     * Hands the table to another process or bundle, who gets a {@link Transfer}; {@code ets:give_away/3}. When this
     * returns, no write through the giver's handles is visible any more that was not already. The heir stays as it is.
     *
     * @param gift a term, or null
     * @throws NotOwnerException if the caller does not own the table
     * @throws TransferRefusedException if the receiver is not alive, or is the caller; nothing has changed then
     */
    void giveAway(Recipient to, @Nullable Object gift);

    /**
     * Sets who gets the table when its owner ends; null for nobody; {@code ets:setopts/2}. Only the owner may.
     */
    void setHeir(@Nullable Heir heir);

    /**
     * Puts the table into escrow, whether or not it has an heir. The caller may claim it back, as may its heir. Only the owner
     * may; what is written through its handles after this has returned is refused.
     */
    void leave();

    /** Removes the table with all its rows; {@code ets:delete/1}. Only the owner may, or anybody if it is public. */
    void drop();
}
