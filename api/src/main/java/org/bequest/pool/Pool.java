// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolException.Problem.NOT_FOUND;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bequest.process.CallTimeoutException;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessInfo;
import org.bequest.process.Processes;
import org.bequest.table.FencedException;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Recipient;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The way to the workers of a pool, for one borrower: the bundle or process whose tables and processes it was made with. When
 * the borrower ends, the pool takes back what it has borrowed. Make one where the borrower begins, and keep it: for all
 * threads of a bundle, or in a worker's {@link org.bequest.process.Worker#onStart}. poolboy's functions.
 *
 * <p>Borrowing an idle worker and returning it is done in rows of the pool's table, by the caller's own thread. So it goes on
 * while the pools' bundle is replaced, and after the pool's process has crashed; those who have to wait for a worker are served
 * when it is back.
 *
 * <p>Threads: any. Those who wait are served in the order in which they have queued up, and nobody who comes later gets a worker
 * before them, unless the pools' bundle is away. Failure: {@link PoolException}; {@link FencedException} once the borrower has ended.
 */
public final class Pool {
    /* How it works. A worker's place is one row, in one state. To borrow is to make an idle row busy, to return is to make it
     * idle again, each by comparing: one of all who try succeeds.
     *
     * The invariant of waiting: as long as somebody waits, no row is IDLE or BUSY. Before the process leaves somebody in the
     * queue it has made all that were IDLE HELD or has offered them, and all that were BUSY WANTED, by comparing: what has
     * changed in between is looked at again. What is WANTED is not made IDLE when it is returned, but HELD, and the process is
     * told. What is offered becomes WANTED, too. So no return is missed; and whoever comes later finds nothing idle, and
     * queues up behind.
     *
     * What is offered to one who waits is accepted by comparing. So what was offered too late, or by a process that has
     * crashed since, is found by the number of the request and taken back by whoever finds it: the borrower, or the process.
     *
     * That a borrower ends is seen by the kernel: each has a table, empty, whose heir is the pool's process.
     * Why: docs/decisions/0014-a-pool-is-rows.md
     */
    /** How often one who has found nobody idle looks again before he queues, which costs more than so many looks. */
    private static final int LOOKS = 100;

    private static final long LEAST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Tables tables;
    private final Processes processes;
    private final String name;
    private final String process;

    private volatile @Nullable Slots slots;
    private volatile @Nullable String token;

    private Pool(Tables tables, Processes processes, String name) {
        this.tables = tables;
        this.processes = processes;
        this.name = name;
        this.process = PoolProtocol.name(name);
    }

    /**
     * Asks nothing yet: the pool need not be there.
     *
     * @param tables the borrower's own, as are the processes
     * @param name see {@link PoolSpec#of}
     */
    public static Pool of(Tables tables, Processes processes, String name) {
        return new Pool(tables, processes, name);
    }

    /** The names of all pools that are there. */
    public static List<String> names(Tables tables) {
        String prefix = PoolProtocol.name("");
        return tables.list().stream()
                .map(TableInfo::name)
                .filter(table -> table.startsWith(prefix))
                .map(table -> table.substring(prefix.length()))
                .toList();
    }

    public String name() {
        return name;
    }

    Processes processes() {
        return processes;
    }

    // To borrow

    /** {@link #checkout(Duration)}, waiting as long as {@link PoolSpec#checkoutTimeout} says. */
    public Lease checkout() {
        return borrow(null);
    }

    /**
     * Borrows a worker, and waits for one if none is idle and no more can be started; {@code poolboy:checkout/3}. A pool that is
     * not there is waited for, too.
     *
     * @throws PoolException if there was none in time, or the pool is draining or about to end; then nothing is borrowed
     */
    public Lease checkout(Duration timeout) {
        return borrow(timeout);
    }

    private Lease borrow(@Nullable Duration timeout) {
        Lease lease = take();
        if (lease != null && !lease.needsProof()) {
            return lease;
        }
        long deadline = System.nanoTime() + nanos(timeout == null ? timeout() : timeout);
        for (; ; ) {
            if (lease == null) {
                lease = await(deadline);
            }
            if (lease.isSound()) {
                return lease;
            }
            lease.discard();
            lease = System.nanoTime() < deadline ? take() : null;
        }
    }

    /**
     * Borrows a worker if one is idle, or one more can be started, which is waited for; {@code poolboy:checkout/2} with
     * {@code Block} false.
     */
    public Optional<Lease> tryCheckout() {
        Lease lease = take();
        try {
            lease = lease == null ? takeOrStart() : lease;
        } catch (NoSuchTableException gone) {
            slots = null;
            throw notFound();
        }
        if (lease != null && !lease.isSound()) {
            lease.discard();
            return Optional.empty();
        }
        return Optional.ofNullable(lease);
    }

    private @Nullable Lease takeOrStart() {
        Slots slots = slots();
        if (slots == null) {
            throw notFound();
        }
        checkOpen(slots);
        if (isUnattended()) {
            return takeHeld();
        }
        return slots.look() < slots.conditions().most() ? askFor(false, nanos(timeout())) : null;
    }

    /** Does something with a worker, and returns it whatever happens; {@code poolboy:transaction/2}. */
    public <T extends @Nullable Object> T transaction(Function<? super Lease, ? extends T> work) {
        try (Lease lease = checkout()) {
            return work.apply(lease);
        }
    }

    /** The lease of that worker, which this borrower had before its code was replaced; empty if it is over. */
    public Optional<Lease> lease(Pid worker) {
        Slots slots = slots();
        Place place = slots == null ? null : slots.lent(worker);
        return place == null ? Optional.empty() : Optional.of(new Lease(this, slots, place));
    }

    // To look

    /** The pool just now; {@code poolboy:status/1}. No message is sent. */
    public PoolStatus status() {
        List<Tuple> rows = rows();
        Tuple pool = rows.stream()
                .filter(row -> PoolProtocol.POOL.equals(row.get(PoolProtocol.SLOT)))
                .findFirst()
                .orElseThrow(this::notFound);
        PoolSpec spec = PoolSpec.ofTerm(pool.get(PoolProtocol.SPEC));
        Map<PooledWorker.State, Long> states = rows.stream()
                .filter(row -> row.get(PoolProtocol.SLOT) instanceof Long)
                .collect(Collectors.groupingBy(Pool::state, Collectors.counting()));
        int all = states.values().stream().mapToInt(Long::intValue).sum();
        int idle = states.getOrDefault(PooledWorker.State.IDLE, 0L).intValue();
        int starting = states.getOrDefault(PooledWorker.State.STARTING, 0L).intValue();
        long waiting = rows.stream()
                .filter(row ->
                        row.get(PoolProtocol.SLOT) instanceof Tuple key && PoolProtocol.WAITING.equals(key.get(0)))
                .count();
        return new PoolStatus(
                spec.size(),
                spec.maxOverflow(),
                idle,
                all - idle - starting,
                starting,
                all - spec.size(),
                (int) waiting,
                !PoolProtocol.OPEN.equals(pool.get(PoolProtocol.MODE)));
    }

    private static PooledWorker.State state(Tuple row) {
        return switch (row.getString(PoolProtocol.STATE)) {
            case PoolProtocol.STARTING -> PooledWorker.State.STARTING;
            case PoolProtocol.IDLE, PoolProtocol.HELD -> PooledWorker.State.IDLE;
            case PoolProtocol.OFFERED -> PooledWorker.State.OFFERED;
            case PoolProtocol.RETIRING -> PooledWorker.State.RETIRING;
            default -> PooledWorker.State.BUSY;
        };
    }

    /** Its workers just now, by slot. No message is sent. */
    public List<PooledWorker> workers() {
        return rows().stream()
                .filter(row -> row.get(PoolProtocol.SLOT) instanceof Long)
                .sorted(Comparator.comparing(row -> row.getLong(PoolProtocol.SLOT)))
                .map(this::worker)
                .toList();
    }

    private PooledWorker worker(Tuple row) {
        Object borrower = row.get(PoolProtocol.BORROWER);
        Object since = row.get(PoolProtocol.SINCE);
        return new PooledWorker(
                row.getLong(PoolProtocol.SLOT),
                (Pid) row.get(PoolProtocol.PID),
                state(row),
                borrower == null
                        ? null
                        : tables.find(PoolProtocol.BORROWER_PREFIX + borrower)
                                .map(TableInfo::owner)
                                .orElse(null),
                since == null ? null : Instant.ofEpochMilli((Long) since),
                (String) row.get(PoolProtocol.STACK));
    }

    private List<Tuple> rows() {
        try {
            return tables.open(process).toList();
        } catch (NoSuchTableException gone) {
            throw notFound();
        }
    }

    // To manage

    /**
     * Has another size from now on. What is too much is dismissed when it is idle; what is lent stays until it is returned.
     */
    public void resize(int size, int maxOverflow) {
        ask(Tuple.of(PoolProtocol.RESIZE, size, maxOverflow), PATIENCE);
    }

    /**
     * Lends nothing from now on, but to those who wait already, and waits until all is returned.
     *
     * @return whether all is returned; if not, it goes on draining
     */
    public boolean drain(Duration timeout) {
        try {
            ask(Tuple.of(PoolProtocol.DRAIN), timeout);
            return true;
        } catch (CallTimeoutException late) {
            return false;
        }
    }

    /** Lends again, after {@link #drain}. */
    public void resume() {
        ask(Tuple.of(PoolProtocol.RESUME), PATIENCE);
    }

    private @Nullable Object ask(Tuple request, Duration timeout) {
        try {
            return processes.call(process, request, timeout);
        } catch (ProcessExitedException none) {
            if (none.reason() instanceof ExitReason.NoProcess) {
                throw notFound();
            }
            throw none;
        }
    }

    // How it is done

    /** Lends a worker that is idle. Null if there is none. */
    private @Nullable Lease take() {
        Slots known = slots;
        try {
            if (known == null) {
                known = slots();
            }
            return known == null ? null : lease(known, known.lend());
        } catch (NoSuchTableException gone) {
            slots = null; // There may be another pool of that name.
            Slots other = slots();
            return other == null ? null : lease(other, other.lend());
        }
    }

    /** Lends one that is kept for those who wait, since there is nobody to serve them. */
    private @Nullable Lease takeHeld() {
        Slots slots = slots();
        if (slots == null) {
            return null;
        }
        Place idle = slots.lend();
        return lease(slots, idle == null ? slots.lendHeld() : idle);
    }

    private @Nullable Lease lease(Slots slots, @Nullable Place lent) {
        return lent == null ? null : new Lease(this, slots, lent);
    }

    /** Looks again, and then queues up. A pool that is not there may come. */
    private Lease await(long deadline) {
        Lease lease = null;
        long pause = LEAST_PAUSE_NANOS;
        for (boolean first = true; lease == null; first = false) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw late();
            }
            try {
                lease = first ? lookAgain() : askOrTake(left);
            } catch (NoSuchTableException gone) {
                slots = null;
            }
            if (lease == null && !first) {
                pause(Math.min(left, pause));
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
        return lease;
    }

    private @Nullable Lease askOrTake(long nanos) {
        Slots slots = slots();
        if (slots == null) {
            return null;
        }
        checkOpen(slots);
        // Nobody to ask: it has crashed, or has yet to start; or its code is being replaced.
        Lease lease = isUnattended() ? takeHeld() : null;
        return lease == null ? askFor(true, nanos) : lease;
    }

    private @Nullable Lease lookAgain() {
        Slots slots = slots();
        for (int i = 0; i < LOOKS && slots != null; i++) {
            Thread.yield();
            Place place = slots.lendReturned();
            if (place != null) {
                return lease(slots, place);
            }
        }
        return take();
    }

    private void pause(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(nanos).toMillis() + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PoolException(
                    PoolException.Problem.TIMEOUT, "A borrower of pool '" + name + "' was interrupted while it waited");
        }
    }

    /** Null if there is none for one who does not wait, or if the process is not there, or ends meanwhile. */
    private @Nullable Lease askFor(boolean wait, long nanos) {
        Slots slots = slots();
        if (slots == null) {
            return null;
        }
        slots.forget();
        Long request = ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
        String stack = slots.conditions().watched() ? Slots.stack() : null;
        Object answer;
        try {
            answer = processes.call(
                    process, Tuple.of(PoolProtocol.CHECKOUT, request, token(), wait, stack), Duration.ofNanos(nanos));
        } catch (ProcessExitedException gone) {
            answer = slots.offered(request);
        } catch (CallTimeoutException late) {
            cancel(slots, request);
            throw late();
        } catch (RuntimeException failed) {
            cancel(slots, request);
            throw failed;
        }
        return answer instanceof Tuple offered ? lease(slots, slots.accept(offered)) : null;
    }

    /** Nobody waits any more for what is offered for that request, now or in a moment. */
    private void cancel(Slots slots, Long request) {
        try {
            Tuple offered = slots.offered(request);
            if (offered != null) {
                slots.refuse(offered);
            }
            processes.cast(process, Tuple.of(PoolProtocol.CANCEL, request));
        } catch (FencedException | NoSuchTableException over) {
            // The kernel tells the pool's process of a borrower that has ended; and there may be no pool any more.
        }
    }

    void giveBack(Slots slots, Place place, boolean broken) {
        try {
            if (slots.giveBack(place, broken)) {
                processes.cast(process, Tuple.of(PoolProtocol.RETURNED));
            }
        } catch (FencedException | NoSuchTableException over) {
            // Whoever has ended has no lease any more.
        }
    }

    private void checkOpen(Slots slots) {
        String mode = slots.mode();
        if (!mode.equals(PoolProtocol.OPEN)) {
            throw refused(mode);
        }
    }

    /** Whether there is nobody who could serve a queue: the pool's process is away, or its code is. */
    private boolean isUnattended() {
        return processes
                .whereis(process)
                .flatMap(processes::info)
                .map(info -> info.status() == ProcessInfo.Status.SUSPENDED)
                .orElse(true);
    }

    /** Null if there is no pool. */
    private @Nullable Slots slots() {
        Slots known = slots;
        if (known == null) {
            try {
                slots = known = new Slots(tables.open(process), token());
            } catch (NoSuchTableException none) {
                return null;
            }
        }
        return known;
    }

    private Duration timeout() {
        Slots known = slots;
        return known == null
                ? PoolSpec.of(name, "any").checkoutTimeout()
                : known.conditions().timeout();
    }

    /** What stands for this borrower, from the first time on: the rest of the name of its table. */
    private String token() {
        String known = token;
        return known == null ? newToken() : known;
    }

    private synchronized String newToken() {
        if (token == null) {
            String fresh = UUID.randomUUID().toString();
            tables.create(TableSpec.of(PoolProtocol.BORROWER_PREFIX + fresh).heir(Recipient.named(process), fresh));
            token = fresh;
        }
        return token;
    }

    private static long nanos(Duration duration) {
        try {
            return Math.min(duration.toNanos(), Long.MAX_VALUE / 2);
        } catch (ArithmeticException forEver) {
            return Long.MAX_VALUE / 2;
        }
    }

    private PoolException notFound() {
        return new PoolException(
                NOT_FOUND,
                "There is no pool '" + name + "'. Declare one: start PoolSpec.of(\"" + name
                        + "\", ...).child() under a supervisor.");
    }

    private PoolException late() {
        return slots == null
                ? notFound()
                : new PoolException(
                        PoolException.Problem.TIMEOUT,
                        "No worker of pool '" + name + "' was free in time. It is " + status()
                                + ". Wait longer, resize it, or look for leases that are not closed: bequest:pool "
                                + name);
    }

    private PoolException refused(String mode) {
        return mode.equals(PoolProtocol.DRAINING)
                ? new PoolException(
                        PoolException.Problem.DRAINING,
                        "Pool '" + name + "' is draining, and lends again after resume()")
                : new PoolException(PoolException.Problem.ENDING, "Pool '" + name + "' is about to end");
    }
}
