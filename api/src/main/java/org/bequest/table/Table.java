// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bequest.match.MatchSpec;
import org.bequest.match.Pattern;
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
 * <p>Threads: any. Every method is atomic and isolated on its own, but for those that take a pattern or a match
 * specification: these are so for each row. {@link #iterator()} is not a snapshot.
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

    /**
     * The table's columns, or null if it has none. Always the same object until it changes, so that a look at it is cheap.
     * Everybody may ask.
     */
    @Nullable
    Shape shape();

    /**
     * A handle with the same rights, for one who has read or made rows of that shape. When the table has another one, its calls
     * throw {@link StaleShapeException}, and change nothing; an iterator that was begun before goes on, and shows rows of that
     * shape, or of one that has followed it in the same {@linkplain Shape#layout layout}.
     */
    Table under(Shape shape);

    /**
     * Gives the table another shape if it has the expected one: compare and set. The rows stay as they are; that they can be
     * read by the next shape is the caller's to see to. Only the owner may. Returns whether it did.
     *
     * @param expected null for none
     * @throws IllegalArgumentException if the next shape has no column at the key position
     */
    boolean reshape(@Nullable Shape expected, Shape next);

    /**
     * Gives the table another shape and other rows, or the same ones, at one moment, if it has the expected shape and if for every row, just then,
     * there is one to take its place. If not, those who write the table may be made to wait for a moment, so that whoever calls it
     * again in a loop comes to an end. Readers go on meanwhile in the rows that were; writers wait for a comparison of all rows.
     * Only the owner may. Returns whether it did.
     *
     * @param expected null for none
     * @param rows each row as it was read, and the one in its place; more than there are do no harm
     * @throws IllegalArgumentException if the next shape, or one of the rows, has nothing at the key position, or if two rows
     *     would become one
     * @throws NoEngineException if the table's engine is not there to make room
     */
    boolean reshape(@Nullable Shape expected, Shape next, Map<Tuple, Tuple> rows);

    /** The row with that key, or null; in a bag the one that came first. */
    @Nullable
    Tuple get(Object key);

    /** The rows with that key, in the order in which they came; {@code ets:lookup/2}. Immutable. */
    List<Tuple> lookup(Object key);

    /**
     * One element of the row with that key; in a bag a list of those of its rows; {@code ets:lookup_element/3}.
     *
     * @throws IllegalArgumentException if there is no such row, or one has no such position
     */
    @Nullable
    Object lookupElement(Object key, int position);

    /** The same, or {@code otherwise} if there is no row with that key; {@code ets:lookup_element/4}. */
    @Nullable
    Object lookupElement(Object key, int position, @Nullable Object otherwise);

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
     * Goes through the rows with a value in hand; {@code ets:foldl/3}. The function runs in the caller's thread, on
     * {@link #iterator()}.
     */
    default <A extends @Nullable Object> A fold(A start, BiFunction<? super A, ? super Tuple, ? extends A> function) {
        A value = start;
        for (Tuple row : this) {
            value = function.apply(value, row);
        }
        return value;
    }

    /**
     * The first key, or null if there is none; {@code ets:first/1}. An ordered set goes by the order of its keys. The other
     * types have an order of their own, in which a walk meets every key that is there all the time exactly once; a key that
     * goes meanwhile does not break it (in ETS it does, unless the table is fixed).
     */
    @Nullable
    Object first();

    /** The last key, or null; {@code ets:last/1}. */
    @Nullable
    Object last();

    /** The nearest key after the given one, which need not be there, or null; {@code ets:next/2}. */
    @Nullable
    Object next(Object key);

    /** The nearest key before the given one, which need not be there, or null; {@code ets:prev/2}. */
    @Nullable
    Object prev(Object key);

    /** {@link #first()} with its rows; {@code ets:first_lookup/1}. */
    @Nullable
    Keyed firstLookup();

    /** {@link #last()} with its rows; {@code ets:last_lookup/1}. */
    @Nullable
    Keyed lastLookup();

    /** {@link #next} with its rows; {@code ets:next_lookup/2}. */
    @Nullable
    Keyed nextLookup(Object key);

    /** {@link #prev} with its rows; {@code ets:prev_lookup/2}. */
    @Nullable
    Keyed prevLookup(Object key);

    /**
     * Fixes the table for a walk, until the fixation is closed or its holder ends; {@code ets:safe_fixtable/2}. Walks and
     * iterators are safe without; who fixes a table is seen in its {@link TableInfo}, as in ETS.
     */
    Fixation fix();

    /**
     * For each row that matches, the values of the pattern's variables in the order of their numbers; {@code ets:match/2}.
     * Like all that follow down to {@link #explain}, it takes each row as it is when it comes to it, in key order if the table
     * is ordered; a bound key is looked up, a bound range of an ordered set's keys is all that is looked at.
     */
    List<List<@Nullable Object>> match(Pattern pattern);

    /** The rows that match; {@code ets:match_object/2}. */
    List<Tuple> matchObject(Pattern pattern);

    /** Removes the rows that match, each on its own, and returns how many; {@code ets:match_delete/2}. */
    long matchDelete(Pattern pattern);

    /** What the specification selects of each row that matches; {@code ets:select/2}. */
    List<@Nullable Object> select(MatchSpec spec);

    /** The same from the last key to the first; {@code ets:select_reverse/2}. */
    List<@Nullable Object> selectReverse(MatchSpec spec);

    /**
     * The first results of {@link #select(MatchSpec)}; {@code ets:select/3}.
     *
     * @param limit how many, at least 1; a bag may give a few more, to finish a key
     */
    Page select(MatchSpec spec, int limit);

    /** The first results of {@link #selectReverse(MatchSpec)}; {@code ets:select_reverse/3}. */
    Page selectReverse(MatchSpec spec, int limit);

    /** The results after a page; {@code ets:select/1}. The table may have changed meanwhile. */
    Page select(Continuation continuation);

    /** How many rows the specification {@linkplain MatchSpec#test means}; {@code ets:select_count/2}. */
    long selectCount(MatchSpec spec);

    /** Removes the rows that are meant, each on its own, and returns how many; {@code ets:select_delete/2}. */
    long selectDelete(MatchSpec spec);

    /** Removes the rows that are meant, each on its own, and returns those that this call removed. ETS has none. */
    List<Tuple> selectTake(MatchSpec spec);

    /**
     * Puts what is selected in place of each row that matches, each on its own, and returns how many;
     * {@code ets:select_replace/2}. A row that changes meanwhile is looked at again: with a bound key and a guard on what was
     * read before, it compares and sets.
     *
     * @throws IllegalArgumentException if one of the selected values is no row with the same key; or for a bag, where it could
     *     make two rows one
     */
    long selectReplace(MatchSpec spec);

    /** How the specification would be answered: by which lookup, range or scan. For people to read. */
    String explain(MatchSpec spec);

    /**
     * Puts the row in; {@code ets:insert/2}. In a set it takes the place of the one with its key; a bag takes each row once, a
     * duplicate bag any number of times.
     *
     * @throws IllegalArgumentException if the row has no element at the key position, or null there
     */
    void insert(Tuple row);

    /**
     * Puts all the rows in, in their order and as one: nobody ever sees some without the others.
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
     * Not for bags, like {@code updateCounter}.
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

    /**
     * Does several additions to one row, in turn and as one; {@code ets:update_counter/4}. Returns the new values.
     *
     * @param defaultRow as above, or null for none
     */
    List<Long> updateCounter(Object key, List<CounterUpdate> updates, @Nullable Tuple defaultRow);

    /** Removes the rows with that key and returns them; {@code ets:take/2}. Immutable. */
    List<Tuple> take(Object key);

    /** Removes the rows with that key; {@code ets:delete/2}. Returns whether there was one. */
    boolean delete(Object key);

    /** Removes exactly that row, all copies of it, and returns how many; {@code ets:delete_object/2}. */
    int deleteObject(Tuple row);

    /** Removes all rows, as one; {@code ets:delete_all_objects/1}. */
    void deleteAll();

    /**
     * The table as a map from key to row, for whatever takes a map; a live view, with the rights of this handle: reads work
     * where reads of the handle do, and writes are refused where its writes are ({@link NotOwnerException},
     * {@link FencedException}). In an ordered set it is {@link #asNavigableMap()}. Sets only.
     *
     * <p>A row is put under the key that it has: {@code put} and its like throw {@link IllegalArgumentException} for another
     * key, and for what is no term. Asking for what is no term, or removing it, finds nothing; null is refused with
     * {@link NullPointerException}. Keys come back as terms: {@code put(1, row)} makes the key {@code 1L}.
     *
     * <p>Each method on one key is atomic, also {@code compute} and {@code merge}: their functions run in the caller's thread,
     * and again if the row has changed meanwhile. {@code clear} is atomic; {@code putAll} and {@code replaceAll} go row by row,
     * unlike {@link #insert(Collection)}. Iterators are those of {@link #iterator()}, and remove: from the keys whatever is
     * under the key, from values and entries only what was returned, not what has come in its place. {@code setValue} of an
     * entry throws {@link IllegalStateException} if its key has gone.
     *
     * @throws UnsupportedOperationException if the table is a bag
     */
    default ConcurrentMap<Object, Tuple> asMap() {
        return TableMap.of(this, WholeRow.FORM);
    }

    /**
     * The same as a map from key to something else that stands for the row, such as the other one of two elements. What the
     * values' {@code equals} calls equal is so to {@code replace(key, expected, value)} and {@code remove(key, value)}.
     */
    default <V> ConcurrentMap<Object, V> asMap(RowForm<V> form) {
        return TableMap.of(this, form);
    }

    /**
     * The same for an ordered set: a map in the {@linkplain org.bequest.term.Terms#ORDER order of terms}, where keys are told
     * apart by value, so that {@code get(1.0)} finds the row with key 1, and {@code put(1.0, row)} replaces it, key and all.
     * Parts and descending maps are live views too. Neighbours and sizes of parts are found in several steps, between which
     * rows may come and go.
     *
     * @throws UnsupportedOperationException if the table is no ordered set
     */
    default ConcurrentNavigableMap<Object, Tuple> asNavigableMap() {
        return TableNavigableMap.of(this, WholeRow.FORM);
    }

    /** The same with something else in place of the rows, see {@link #asMap(RowForm)}. */
    default <V> ConcurrentNavigableMap<Object, V> asNavigableMap(RowForm<V> form) {
        return TableNavigableMap.of(this, form);
    }

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

    /** Gives the table another name; {@code ets:rename/2}. Only the owner may. Handles go on working.
     *
     * @throws TableExistsException if the name is taken
     */
    void rename(String name);

    /**
     * Writes the rows, with what the table is, to a file; {@code ets:tab2file/3}. The rows are those of {@link #toList()}: the
     * table can be used all the while, and what changes after the call has begun is not in the file. Whoever may read the
     * table may dump it. {@link Tables#load} reads the file, on any machine.
     *
     * <p>The file is complete or not there: it is written under another name in the same folder, and takes the place of a
     * file that has the name already only when all of it is on the disk. The folder has to exist.
     *
     * @throws IOException if the file cannot be written; what was there before is untouched then
     */
    void dump(Path file) throws IOException;

    /** Removes the table with all its rows; {@code ets:delete/1}. Only the owner may, or anybody if it is public. */
    void drop();
}
