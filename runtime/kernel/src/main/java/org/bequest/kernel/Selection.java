// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterators;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bequest.match.KeyRange;
import org.bequest.match.Match;
import org.bequest.match.MatchSpec;
import org.bequest.table.Continuation;
import org.bequest.table.Page;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a match specification may mean, by the shortest way to them: a lookup where it binds the key, a range where
 * it bounds the keys of an ordered set, else all rows. Each row is evaluated as it is when it is come to.
 * Why: docs/decisions/0008-match-specs-are-data.md
 */
final class Selection {
    private final Store store;
    private final TableType type;
    private final int keyPosition;
    private final MatchSpec spec;
    private final KeyRange keys;

    Selection(KernelTable table, Store store, MatchSpec spec) {
        this.store = store;
        this.type = table.type;
        this.keyPosition = table.keyPosition;
        this.spec = spec;
        this.keys = spec.keys(keyPosition, isOrdered());
    }

    private boolean isOrdered() {
        return type == TableType.ORDERED_SET;
    }

    /** With positions in place of names of columns. */
    MatchSpec spec() {
        return spec;
    }

    String explain() {
        if (keys instanceof KeyRange.Keys) {
            return "lookup of " + keys;
        }
        KeyRange.Range range = (KeyRange.Range) keys;
        return isOrdered() && !range.isEverything() ? "range scan of " + range : "full scan";
    }

    List<@Nullable Object> results(boolean reverse) {
        List<@Nullable Object> results = new ArrayList<>();
        rows(reverse).forEachRemaining(row -> {
            Match match = spec.evaluate(row);
            if (match.found()) {
                results.add(match.value());
            }
        });
        return Collections.unmodifiableList(results);
    }

    /** @param after the key that was last looked at; null to begin */
    Page page(int limit, boolean reverse, @Nullable Object after) {
        List<@Nullable Object> results = new ArrayList<>();
        Iterator<Tuple> rows = rowsAfter(reverse, after);
        Object last = after;
        while (rows.hasNext()) {
            Tuple row = rows.next();
            Object key = key(row);
            if (results.size() >= limit && !key.equals(last)) {
                return new Page(
                        Collections.unmodifiableList(results),
                        new Continuation(spec, limit, reverse, Objects.requireNonNull(last)));
            }
            Match match = spec.evaluate(row);
            if (match.found()) {
                results.add(match.value());
            }
            last = key;
        }
        return new Page(Collections.unmodifiableList(results), null);
    }

    /** The rows that are meant: those of which it says true. */
    List<Tuple> meant() {
        List<Tuple> meant = new ArrayList<>();
        rows(false).forEachRemaining(row -> {
            if (spec.test(row)) {
                meant.add(row);
            }
        });
        return Collections.unmodifiableList(meant);
    }

    /** How many rows are meant. */
    long count() {
        long[] count = new long[1];
        rows(false).forEachRemaining(row -> count[0] += spec.test(row) ? 1 : 0);
        return count[0];
    }

    private static Stream<Tuple> stream(Iterator<Tuple> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false);
    }

    /** The rows that match need to be among these. */
    Iterator<Tuple> rows(boolean reverse) {
        return keys instanceof KeyRange.Range && !isOrdered() ? store.iterator() : rowsAfter(reverse, null);
    }

    private Iterator<Tuple> rowsAfter(boolean reverse, @Nullable Object after) {
        if (keys instanceof KeyRange.Keys few) {
            return lookups(few.keys(), reverse, after);
        }
        return isOrdered() ? range((KeyRange.Range) keys, reverse, after) : walk(reverse, after);
    }

    private Iterator<Tuple> lookups(List<Object> few, boolean reverse, @Nullable Object after) {
        if (few.size() == 1 && after == null) { // which is most of what is asked often
            return store.lookup(few.get(0)).iterator();
        }
        List<Object> order = new ArrayList<>(few);
        if (reverse) {
            Collections.reverse(order);
        }
        return order.stream()
                .filter(key ->
                        after == null || (reverse ? Terms.compare(key, after) < 0 : Terms.compare(key, after) > 0))
                .flatMap(key -> store.lookup(key).stream())
                .iterator();
    }

    private Iterator<Tuple> range(KeyRange.Range range, boolean reverse, @Nullable Object after) {
        Object low = range.low() == null ? null : range.low().key();
        Object high = range.high() == null ? null : range.high().key();
        if (after == null) {
            return store.range(low, high, reverse);
        }
        Iterator<Tuple> rows = reverse ? store.range(low, after, true) : store.range(after, high, false);
        return stream(rows).filter(row -> Terms.compare(key(row), after) != 0).iterator();
    }

    /** From key to key in the store's own order, which lasts from one page to the next. */
    private Iterator<Tuple> walk(boolean reverse, @Nullable Object after) {
        UnaryOperator<@Nullable Object> step = key -> reverse ? store.prev(key) : store.next(key);
        Object start = after != null ? step.apply(after) : reverse ? store.last() : store.first();
        return Stream.iterate(start, Objects::nonNull, step)
                .flatMap(key -> store.lookup(key).stream())
                .iterator();
    }

    private Object key(Tuple row) {
        return Objects.requireNonNull(row.get(keyPosition));
    }
}
