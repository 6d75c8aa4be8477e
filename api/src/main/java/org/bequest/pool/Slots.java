// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolProtocol.BORROWER;
import static org.bequest.pool.PoolProtocol.BUSY;
import static org.bequest.pool.PoolProtocol.IDLE;
import static org.bequest.pool.PoolProtocol.LEASE;
import static org.bequest.pool.PoolProtocol.PID;
import static org.bequest.pool.PoolProtocol.RETIRING;
import static org.bequest.pool.PoolProtocol.SINCE;
import static org.bequest.pool.PoolProtocol.SLOT;
import static org.bequest.pool.PoolProtocol.STARTING;
import static org.bequest.pool.PoolProtocol.STATE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.bequest.table.Table;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The places of a pool, as borrowers change them. */
final class Slots {
    /* How it works. The rows are the truth; which of them to try first is remembered here, in the order in which they were
     * returned. What is remembered may be wrong, as others borrow too: then comparing fails, and it is forgotten. When
     * nothing is remembered, all rows are looked at. Nothing is left to be remembered for long: whoever has to queue forgets
     * all of it, for nobody is idle then.
     */
    private final Table table;
    private final ConcurrentLinkedDeque<Tuple> returned = new ConcurrentLinkedDeque<>();

    Slots(Table table) {
        this.table = table;
    }

    /** The pool's own row, or null. */
    @Nullable
    Tuple pool() {
        return table.get(PoolProtocol.POOL);
    }

    /** Lends a place that was returned here. Null if there is none. */
    @Nullable
    Tuple lendReturned(Object number, String borrower, @Nullable String stack) {
        for (Tuple idle = returned.pollFirst(); idle != null; idle = returned.pollFirst()) {
            Tuple busy = busy(idle, number, borrower, stack);
            if (table.replace(idle, busy)) {
                return busy;
            }
        }
        return null;
    }

    /** Looks at all places, so that the idle ones can be lent. Returns how many places there are. */
    int look(boolean lifo) {
        int slots = 0;
        List<Tuple> idle = new ArrayList<>();
        for (Tuple row : table.toList()) {
            if (row.get(SLOT) instanceof Long) {
                slots++;
                if (IDLE.equals(row.get(STATE))) {
                    idle.add(row);
                }
            }
        }
        idle.sort(Comparator.comparing(row -> row.getLong(SINCE)));
        idle.forEach(row -> remember(row, lifo));
        return slots;
    }

    void forget() {
        returned.clear();
    }

    /** Takes what was offered. Null if it was taken back. */
    @Nullable
    Tuple accept(Tuple offered) {
        Tuple busy = busy(
                offered,
                Objects.requireNonNull(offered.get(LEASE)),
                offered.getString(BORROWER),
                offered.size() > PoolProtocol.STACK ? offered.getString(PoolProtocol.STACK) : null);
        return table.replace(offered, busy) ? busy : null;
    }

    /** The place that is offered or lent under that number, or null. */
    @Nullable
    Tuple find(Object number) {
        for (Tuple row : table.toList()) {
            if (row.get(SLOT) instanceof Long && number.equals(row.get(LEASE))) {
                return row;
            }
        }
        return null;
    }

    /** Whether it is still lent under the number that the row has, or offered. */
    boolean isLent(Tuple busy) {
        return current(busy) != null;
    }

    private @Nullable Tuple current(Tuple busy) {
        Tuple now = table.get(Objects.requireNonNull(busy.get(SLOT)));
        return now != null && Objects.equals(now.get(LEASE), busy.get(LEASE)) ? now : null;
    }

    /** What has become of giving back. */
    enum Back {
        /** It can be lent again. */
        IDLE,
        /** Its worker is to be replaced. */
        TO_RETIRE,
        /** It was taken back before. */
        LOST
    }

    Back giveBack(Tuple busy, boolean broken, boolean lifo) {
        Tuple now = busy;
        while (now != null) {
            boolean retires = broken || RETIRING.equals(now.get(STATE));
            Tuple next = free(now, retires ? STARTING : IDLE);
            if (table.replace(now, next)) {
                if (!retires) {
                    remember(next, lifo);
                }
                return retires ? Back.TO_RETIRE : Back.IDLE;
            }
            now = current(busy);
        }
        return Back.LOST;
    }

    private void remember(Tuple idle, boolean lifo) {
        if (lifo) {
            returned.addFirst(idle);
        } else {
            returned.addLast(idle);
        }
    }

    private static Tuple busy(Tuple row, Object number, String borrower, @Nullable String stack) {
        Object slot = row.get(SLOT);
        Object pid = row.get(PID);
        long now = System.currentTimeMillis();
        return stack == null
                ? Tuple.of(slot, BUSY, pid, number, borrower, now)
                : Tuple.of(slot, BUSY, pid, number, borrower, now, stack);
    }

    private static Tuple free(Tuple row, String state) {
        return Tuple.of(row.get(SLOT), state, row.get(PID), null, null, System.currentTimeMillis());
    }
}
