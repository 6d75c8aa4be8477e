// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolProtocol.BORROWER;
import static org.bequest.pool.PoolProtocol.BUSY;
import static org.bequest.pool.PoolProtocol.HELD;
import static org.bequest.pool.PoolProtocol.IDLE;
import static org.bequest.pool.PoolProtocol.OFFERED;
import static org.bequest.pool.PoolProtocol.PID;
import static org.bequest.pool.PoolProtocol.REQUEST;
import static org.bequest.pool.PoolProtocol.RETIRING;
import static org.bequest.pool.PoolProtocol.SLOT;
import static org.bequest.pool.PoolProtocol.STACK;
import static org.bequest.pool.PoolProtocol.STARTING;
import static org.bequest.pool.PoolProtocol.STATE;
import static org.bequest.pool.PoolProtocol.WANTED;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Table;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The places of a pool, as one borrower changes them. */
final class Slots {
    /* How it works. The rows are the truth; which of them to try first is remembered, in the order in which they were
     * returned here. What is remembered may be wrong, as others borrow too: then comparing fails, and it is forgotten. When
     * nothing is remembered, all rows are looked at. Both rows that a place goes back and forth between are remembered with
     * it: so neither is made anew. They do not tell one lease of a place from the next; nothing is gained by that, since the
     * borrower is the same, and what takes a lease from a living borrower, the end of the worker, changes the pid.
     */
    private static final Set<String> LENT = Set.of(BUSY, WANTED, RETIRING);
    private static final int FRAMES = 30;

    private final Table table;
    private final String borrower;
    private final Returned returned = new Returned();
    private volatile Conditions conditions;

    /** @throws NoSuchTableException if the pool is gone, or has yet to be made */
    Slots(Table table, String borrower) {
        this.table = table;
        this.borrower = borrower;
        this.conditions = Conditions.of(pool().get(PoolProtocol.SPEC));
    }

    /** As of the last look. */
    Conditions conditions() {
        return conditions;
    }

    private Tuple pool() {
        Tuple pool = table.get(PoolProtocol.POOL);
        if (pool == null) {
            throw new NoSuchTableException(table.name(), "Table '" + table.name() + "' is no pool's");
        }
        return pool;
    }

    String mode() {
        return pool().getString(PoolProtocol.MODE);
    }

    /** Lends a place that was returned here, or seen. Null if none of them is idle any more. */
    @Nullable
    Place lendReturned() {
        for (Place place = returned.poll(); place != null; place = returned.poll()) {
            Place lent = conditions.watched() ? place.watched(stack()) : place;
            if (table.replace(lent.idle, lent.busy)) {
                return lent;
            }
        }
        return null;
    }

    /** Lends any place. Null if none is idle. */
    @Nullable
    Place lend() {
        Place lent = lendReturned();
        if (lent == null) {
            look();
            lent = lendReturned();
        }
        return lent;
    }

    /** Looks at all rows, so that the idle ones can be lent. Returns how many places there are. */
    int look() {
        Conditions now = conditions;
        Object term = Objects.requireNonNull(pool().get(PoolProtocol.SPEC));
        if (term != now.term()) {
            conditions = now = Conditions.of(term);
        }
        List<Tuple> places = places();
        for (Tuple row : places) {
            if (IDLE.equals(row.get(STATE))) {
                returned.add(Place.of(row, borrower), false);
            }
        }
        return places.size();
    }

    /** Lends what the process would say who gets it, as there is no process to say so. Null if there is nothing. */
    @Nullable
    Place lendHeld() {
        for (Tuple row : places()) {
            if (HELD.equals(row.get(STATE))) {
                Place place = Place.of(row, borrower).lent(WANTED, conditions.watched() ? stack() : null);
                if (table.replace(row, place.busy)) {
                    return place;
                }
            }
        }
        return null;
    }

    /** Whoever queues has found nobody idle. So what is remembered does not pile up. */
    void forget() {
        returned.clear();
    }

    /** Takes what was offered. Null if it was taken back. */
    @Nullable
    Place accept(Tuple offered) {
        Place place = Place.of(offered, borrower).lent(WANTED, (String) offered.get(STACK));
        return table.replace(offered, place.busy) ? place : null;
    }

    /** The place that is offered for that request, or null. */
    @Nullable
    Tuple offered(Object request) {
        return places().stream()
                .filter(row -> request.equals(row.get(REQUEST)) && OFFERED.equals(row.get(STATE)))
                .findFirst()
                .orElse(null);
    }

    /** The place with that worker, if it is lent. */
    @Nullable
    Place lent(Pid worker) {
        return places().stream()
                .filter(row -> worker.equals(row.get(PID)) && LENT.contains(row.getString(STATE)))
                .findFirst()
                .map(row ->
                        Place.of(row, Objects.requireNonNull(row.get(BORROWER))).as(row))
                .orElse(null);
    }

    /** Whether the worker is still lent to whom it was. */
    boolean isLent(Place place) {
        return current(place) != null;
    }

    private @Nullable Tuple current(Place place) {
        Tuple now = table.get(place.slot());
        return now != null
                        && Objects.equals(now.get(PID), place.busy.get(PID))
                        && Objects.equals(now.get(BORROWER), place.busy.get(BORROWER))
                ? now
                : null;
    }

    /** Returns whether the pool's process has to be told. */
    boolean giveBack(Place place, boolean broken) {
        if (!broken && BUSY.equals(place.busy.get(STATE)) && table.replace(place.busy, place.idle)) {
            returned.add(place, conditions.lifo());
            return false;
        }
        for (Tuple now = current(place); now != null; now = current(place)) {
            String next =
                    broken || RETIRING.equals(now.get(STATE)) ? STARTING : WANTED.equals(now.get(STATE)) ? HELD : IDLE;
            if (table.replace(now, PoolProtocol.free(place.slot(), next, now.get(PID)))) {
                return !next.equals(IDLE);
            }
        }
        return false;
    }

    /** What was offered to one who does not wait any more. Returns whether the pool's process has to be told. */
    boolean refuse(Tuple offered) {
        return table.replace(
                offered, PoolProtocol.free(Objects.requireNonNull(offered.get(SLOT)), HELD, offered.get(PID)));
    }

    private List<Tuple> places() {
        return table.toList().stream()
                .filter(row -> row.get(SLOT) instanceof Long)
                .toList();
    }

    /** A stack for a watched lease. */
    static String stack() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().startsWith("org.bequest.pool."))
                        .limit(FRAMES)
                        .map(frame -> "\tat " + frame)
                        .collect(Collectors.joining("\n")));
    }
}
