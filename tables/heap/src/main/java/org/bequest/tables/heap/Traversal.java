// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.bequest.tables.heap.CellMap.Cursor;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some keys, each read when it is asked for; {@link #forEachRemaining} reads some ahead. Keys that have no row by
 * then are left out. Of a key that has many, those are met that it has when its first is asked for, but for those that are
 * gone when their turn comes. So it ends even if each row that it returns is replaced at once by another.
 */
final class Traversal implements Iterator<Tuple> {

    private static final int RUN = 64; // a leaf

    private final MapStore store;
    private final MapStore.Rows from;
    private final Cursor cells;
    private boolean over;
    private @Nullable Object cell; // of a key that has many rows, when last looked at
    private @Nullable List<Tuple> rows; // of that key, those not yet returned among them; null if there are none
    private int returned; // how many of these
    private @Nullable Tuple next;

    Traversal(MapStore store, MapStore.Rows from, Cursor cells) {
        this.store = store;
        this.from = from;
        this.cells = cells;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !over) {
            if (rows == null) {
                lookAtNextKey();
            } else {
                lookAgain(rows);
            }
        }
        return next != null;
    }

    private void lookAtNextKey() {
        Object found = cells.next();
        // What is read in the cells of a store that was cleared since is older than what others read.
        if (found == null || store.rows() != from) {
            over = true;
        } else if (found instanceof Tuple only) {
            next = only;
        } else {
            cell = found;
            goOn(Cells.list(found), 0);
        }
    }

    private void goOn(List<Tuple> rows, int returned) {
        boolean goesOn = returned < rows.size();
        this.rows = goesOn ? rows : null;
        this.returned = returned + 1;
        next = goesOn ? rows.get(returned) : null;
    }

    private void lookAgain(List<Tuple> rows) {
        Object now = store.cell(store.key(rows.get(0)));
        if (now == cell || now instanceof ManyRows many && cell instanceof ManyRows last && many.continues(last)) {
            goOn(rows, returned);
            return;
        }
        cell = now;
        // Of copies the first is replaced first, so those that have gone are those that were returned.
        Map<Tuple, Integer> copies = new HashMap<>();
        Cells.list(now).forEach(row -> copies.merge(row, 1, Integer::sum));
        List<Tuple> still = new ArrayList<>();
        for (Tuple row : rows.subList(returned, rows.size())) {
            if (copies.merge(row, -1, Integer::sum) >= 0) {
                still.add(row);
            }
        }
        goOn(still, 0);
    }

    @Override
    public void forEachRemaining(Consumer<? super Tuple> action) {
        Tuple[] run = new Tuple[RUN];
        while (hasNext()) {
            action.accept(next());
            for (int rows = next(run); rows > 0; rows = next(run)) {
                for (int i = 0; i < rows; i++) {
                    action.accept(run[i]);
                }
            }
        }
    }

    /** Rows that may be older than what is read by the time that they are met, but not than what was read before this call. */
    private int next(Tuple[] run) {
        int read = rows == null ? cells.next(run) : 0;
        return store.rows() == from ? read : 0;
    }

    @Override
    public Tuple next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Tuple row = next;
        next = null;
        return row;
    }
}
