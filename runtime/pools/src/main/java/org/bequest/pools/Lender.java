// SPDX-License-Identifier: Apache-2.0
package org.bequest.pools;

import static org.bequest.pool.PoolProtocol.BORROWER;
import static org.bequest.pool.PoolProtocol.BUSY;
import static org.bequest.pool.PoolProtocol.DRAINING;
import static org.bequest.pool.PoolProtocol.ENDING;
import static org.bequest.pool.PoolProtocol.HELD;
import static org.bequest.pool.PoolProtocol.IDLE;
import static org.bequest.pool.PoolProtocol.OFFERED;
import static org.bequest.pool.PoolProtocol.OPEN;
import static org.bequest.pool.PoolProtocol.RETIRING;
import static org.bequest.pool.PoolProtocol.STARTING;
import static org.bequest.pool.PoolProtocol.WANTED;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bequest.pool.BorrowerDeath;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolException;
import org.bequest.pool.PoolProtocol;
import org.bequest.pool.PoolSpec;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.Owner;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The behaviour of a pool's process: what borrowers cannot do by themselves. */
final class Lender implements Worker {
    /* How it works. See Pool for what borrowers do, and what they rely on: as long as somebody waits, no place is IDLE or BUSY.
     * All that is known is in rows, but for leaks that were reported. Whatever comes in changes some row; then those who wait are
     * served, staff does what the rows say, and drains are answered.
     */
    private static final Logger log = LoggerFactory.getLogger(Pool.class);

    /** <code>{{draining, Caller}}</code>: one who waits until all is returned. */
    private static final String DRAINER = "draining";

    // Set by the first call.
    private Self self;
    private Rows rows;
    private Queue queue;
    private Staff staff;
    private Upkeep upkeep;
    private ExitReason end = ExitReason.SHUTDOWN;

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        self.trapExits(true);
        open(self, argument, List.of());
        staff.takeUp();
        // Callers of a process that has crashed do not wait any more.
        queue.removeAll(queue.all());
        rows.keyed(DRAINER).forEach(rows.table()::deleteObject);
        for (Tuple place : rows.places()) {
            if (Rows.is(place, OFFERED)) {
                rows.replace(place, Rows.free(place, HELD, Rows.pid(place)));
            } else if (Rows.isLent(place) && !isThere(place.getString(BORROWER))) {
                takeBack(place);
            }
        }
        goOn();
    }

    @Override
    public void onResume(Self self, Handover handover) {
        open(self, handover.argument(), handover.state() instanceof List<?> reported ? reported : List.of());
        for (Tuple waiter : queue.all()) {
            Tuple offered = rows.offered(Queue.request(waiter));
            if (offered != null) {
                reply(Queue.caller(waiter), offered);
                queue.remove(Queue.request(waiter));
            }
        }
        goOn();
    }

    private void open(Self self, @Nullable Object argument, List<?> reported) {
        this.self = self;
        rows = Rows.of(self, PoolSpec.ofTerm(argument));
        queue = new Queue(rows);
        staff = new Staff(self, rows, queue);
        upkeep = new Upkeep(self, rows, staff, reported);
        upkeep.begin();
    }

    @Override
    public Object onSuspend(Self self) {
        return upkeep.reported();
    }

    /** Something has changed. */
    private void goOn() {
        if (rows.mode().equals(ENDING)) {
            finish();
            return;
        }
        serve();
        staff.advance();
        answerDrains();
    }

    // Those who wait

    /** Until nobody waits, or until nothing is idle, and whatever is returned will be told. */
    private void serve() {
        boolean attentive = rows.mode().equals(DRAINING);
        boolean settled = false;
        while (!settled) {
            Tuple waiter = queue.first();
            Tuple place = waiter == null ? null : rows.unlent();
            if (waiter != null && self.caller(Queue.caller(waiter)).isEmpty()) {
                queue.remove(Queue.request(waiter));
            } else if (place != null) {
                offer(place, waiter);
            } else if (waiter != null || attentive) {
                settled = rows.changeAll(IDLE, HELD) & rows.changeAll(BUSY, WANTED) && rows.isQuiet(waiter == null);
            } else {
                settled = rows.changeAll(HELD, IDLE);
            }
        }
    }

    private void offer(Tuple place, Tuple waiter) {
        Tuple offered = PoolProtocol.place(
                Rows.slot(place),
                OFFERED,
                Rows.pid(place),
                Queue.borrower(waiter),
                Queue.request(waiter),
                Queue.stack(waiter) == null ? null : System.currentTimeMillis(),
                Queue.stack(waiter));
        if (rows.replace(place, offered)) {
            queue.remove(Queue.request(waiter)); // before the borrower can look
            reply(Queue.caller(waiter), offered);
        }
    }

    private void reply(long caller, @Nullable Object value) {
        self.caller(caller).ifPresent(one -> one.reply(value));
    }

    // What is asked

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        if (!(request instanceof Tuple order) || order.size() == 0) {
            caller.fail("A pool does not know " + request + ". Use " + Pool.class.getName());
            return;
        }
        if (rows.mode().equals(ENDING)) {
            caller.reply(ENDING);
            return;
        }
        switch (String.valueOf(order.get(0))) {
            case PoolProtocol.CHECKOUT -> checkout(order, caller);
            case PoolProtocol.RESIZE -> resize(order, caller);
            case PoolProtocol.DRAIN -> {
                rows.table().insert(Tuple.of(Tuple.of(DRAINER, caller.ref())));
                rows.mode(DRAINING);
                goOn();
            }
            case PoolProtocol.RESUME -> {
                rows.mode(OPEN);
                rows.keyed(DRAINER).forEach(rows.table()::deleteObject);
                caller.reply(null);
                goOn();
            }
            default -> caller.fail("A pool does not know " + request + ". Use " + Pool.class.getName());
        }
    }

    private void checkout(Tuple order, Caller caller) {
        String token = order.getString(2);
        boolean waits = Boolean.TRUE.equals(order.get(3));
        if (!rows.mode().equals(OPEN)) {
            caller.reply(rows.mode());
        } else if (!isThere(token)) {
            caller.fail("The borrower has ended");
        } else if (!waits && isFull()) {
            caller.reply(PoolProtocol.FULL);
        } else {
            queue.add(order.getLong(1), caller.ref(), token, order.get(4));
            goOn();
        }
    }

    private boolean isFull() {
        List<Tuple> places = rows.places();
        return places.size() >= rows.spec().size() + rows.spec().maxOverflow()
                && (queue.size() > 0 || places.stream().noneMatch(Rows::isUnlent));
    }

    private void resize(Tuple order, Caller caller) {
        try {
            PoolSpec next =
                    rows.spec().size(Math.toIntExact(order.getLong(1))).overflow(Math.toIntExact(order.getLong(2)));
            rows.respecify(PoolSpec.ofTerm(next.toTerm()));
            staff.dismiss(Integer.MAX_VALUE);
            upkeep.begin();
            caller.reply(null);
        } catch (PoolException | IllegalArgumentException | ArithmeticException refused) {
            caller.fail(refused);
        }
        goOn();
    }

    // What is told

    @Override
    public void onCast(Self self, Object message) {
        if (message instanceof Tuple order && order.size() > 0) {
            switch (String.valueOf(order.get(0))) {
                case PoolProtocol.RETURNED, Staff.ADVANCE -> {}
                case PoolProtocol.CANCEL -> cancel(order.getLong(1));
                case Staff.OVERDUE -> staff.overdue((Pid) Objects.requireNonNull(order.get(1)));
                case Upkeep.LOOK -> upkeep.look(order);
                default ->
                    log.warn(
                            "Pool '{}' passed over {}, which is no order",
                            rows.spec().name(),
                            order);
            }
            goOn();
        }
    }

    /** Its borrower does not wait any more, and may not have heard of what it was offered. */
    private void cancel(Object request) {
        queue.remove(request);
        Tuple place = rows.offered(request);
        if (place != null) {
            rows.replace(place, Rows.free(place, HELD, Rows.pid(place)));
        }
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        if (signal instanceof Signal.Started started) {
            staff.started(started.pid());
        } else if (signal instanceof Signal.Down down) {
            staff.ended(down.pid(), down.reason());
        } else if (signal instanceof Signal.Transferred transferred) {
            borrowerEnded(transferred);
        } else if (signal instanceof Signal.Exited asked && !(asked.reason() instanceof ExitReason.Normal)) {
            end = asked.reason();
            rows.mode(ENDING);
            queue.all().forEach(waiter -> reply(Queue.caller(waiter), ENDING));
            queue.removeAll(queue.all());
        }
        goOn();
    }

    // Borrowers that have ended

    /** Whether the borrower lives: its table is its own. */
    private boolean isThere(String token) {
        Optional<TableInfo> table = self.tables().find(PoolProtocol.BORROWER_PREFIX + token);
        return table.isPresent()
                && !(table.get().owner() instanceof Owner.Process owner
                        && owner.pid().equals(self.pid()));
    }

    private void borrowerEnded(Signal.Transferred transferred) {
        Table table = transferred.transfer().table();
        Object token = transferred.transfer().gift();
        if (!table.name().equals(PoolProtocol.BORROWER_PREFIX + token)) {
            log.warn(
                    "Pool '{}' was given {}, and does not know what for",
                    rows.spec().name(),
                    table);
            return;
        }
        queue.removeAll(queue.all().stream()
                .filter(waiter -> Queue.borrower(waiter).equals(token))
                .toList());
        rows.places().stream()
                .filter(place -> Objects.equals(place.get(BORROWER), token))
                .forEach(this::takeBack);
        table.drop();
    }

    /** Of a borrower that has ended: nobody else changes it. */
    private void takeBack(Tuple place) {
        boolean again = rows.spec().onBorrowerDeath() == BorrowerDeath.RETURN && !Rows.is(place, RETIRING);
        rows.replace(place, Rows.free(place, again ? HELD : STARTING, Rows.pid(place)));
    }

    // Drains, and the end

    private void answerDrains() {
        List<Tuple> drainers = rows.keyed(DRAINER);
        if (!drainers.isEmpty() && queue.size() == 0 && rows.places().stream().noneMatch(Rows::isLent)) {
            drainers.forEach(row -> {
                reply(row.getTuple(0).getLong(1), null);
                rows.table().deleteObject(row);
            });
        }
    }

    private void finish() {
        rows.changeAll(IDLE, HELD);
        rows.changeAll(BUSY, WANTED);
        if (staff.end()) {
            rows.table().drop();
            self.exit(end);
        }
    }
}
