// SPDX-License-Identifier: Apache-2.0
package org.bequest.pools;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bequest.pool.PoolProtocol;
import org.bequest.table.Table;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Those who wait for a worker, the first first; each is a row, and known by the number of its request. */
final class Queue {
    // A row is {{waiting, Place}, Request, Caller, Token, Stack}.
    private static final int REQUEST = 1;
    private static final int CALLER = 2;
    private static final int BORROWER = 3;
    private static final int STACK = 4;

    private final Table table;
    private final Map<Object, Tuple> waiting = new LinkedHashMap<>();
    private long last;

    Queue(Rows rows) {
        this.table = rows.table();
        rows.keyed(PoolProtocol.WAITING).stream()
                .sorted(Comparator.comparing(Queue::place))
                .forEach(row -> waiting.put(request(row), row));
        last = waiting.values().stream().mapToLong(Queue::place).max().orElse(0);
    }

    private static long place(Tuple row) {
        return row.getTuple(0).getLong(1);
    }

    static Object request(Tuple row) {
        return row.getLong(REQUEST);
    }

    static long caller(Tuple row) {
        return row.getLong(CALLER);
    }

    static Object borrower(Tuple row) {
        return row.getString(BORROWER);
    }

    static @Nullable Object stack(Tuple row) {
        return row.get(STACK);
    }

    void add(Object request, long caller, Object borrower, @Nullable Object stack) {
        Tuple row = Tuple.of(Tuple.of(PoolProtocol.WAITING, ++last), request, caller, borrower, stack);
        table.insert(row);
        waiting.put(request, row);
    }

    int size() {
        return waiting.size();
    }

    /** Null if nobody waits. */
    @Nullable
    Tuple first() {
        return waiting.isEmpty() ? null : waiting.values().iterator().next();
    }

    List<Tuple> all() {
        return new ArrayList<>(waiting.values());
    }

    /** Returns whether it was there. */
    boolean remove(Object request) {
        Tuple row = waiting.remove(request);
        return row != null && table.deleteObject(row) == 1;
    }

    void removeAll(Collection<Tuple> rows) {
        rows.forEach(row -> remove(request(row)));
    }
}
