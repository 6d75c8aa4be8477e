// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolException.Problem.NOT_FOUND;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
 * <p>Threads: any. Those who wait are served in the order in which they came, and nobody who comes later gets a worker before
 * them. Failure: {@link PoolException}; {@link FencedException} once the borrower has ended.
 */
public final class Pool {
    /* How it works. A worker's place is one row, in one state. To borrow is to make an idle row busy, to return is to make it
     * idle again, each by comparing: one of all who try succeeds.
     *
     * The invariant of waiting: whoever makes a row idle looks at the number of those who wait AFTERWARDS, and tells the
     * process if there are any; the process raises that number BEFORE it looks for idle rows. Both are volatile. So either the
     * process sees the row, or the borrower sees that somebody waits: no row is idle for long while somebody waits. And
     * whoever borrows looks at the number first: if somebody waits he queues up behind, be there an idle row or not.
     *
     * What is offered to one who waits is accepted by comparing, too. So what was offered too late, or by a process that has
     * crashed since, is found by its number and taken back by whoever finds it: the borrower, or the process.
     *
     * That a borrower ends is seen by the kernel: each has a table, empty, whose heir is the pool's process.
     * Why: docs/decisions/0014-a-pool-is-rows.md
     */
    /** How often one who has found nobody idle looks again before he queues, which costs more than so many looks. */
    private static final int LOOKS = Integer.getInteger("bequest.looks", 100);

    private static final long LEAST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Long NOBODY = 0L;

    private static final int FRAMES = 30;

    private final Tables tables;
    private final Processes processes;
    private final String name;
    private final String process;

    private volatile @Nullable Slots slots;
    private volatile @Nullable Conditions conditions;
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
        Lease lease = take(false);
        if (lease != null && now().validation() == null) {
            return lease;
        }
        long deadline = System.nanoTime() + nanos(timeout == null ? timeout() : timeout);
        for (; ; ) {
            if (lease == null) {
                lease = await(deadline);
            }
            if (isSound(lease)) {
                return lease;
            }
            lease.discard();
            lease = System.nanoTime() < deadline ? take(false) : null;
        }
    }

    /**
     * Borrows a worker if one is idle, or one more can be started, which is waited for; {@code poolboy:checkout/2} with
     * {@code Block} false.
     */
    public Optional<Lease> tryCheckout() {
        Lease lease = take(false);
        if (lease == null) {
            if (slots == null) {
                throw notFound();
            }
            lease = isUnattended() ? take(true) : askFor(newNumber(), false, nanos(timeout()));
        }
        if (lease != null && !isSound(lease)) {
            lease.discard();
            return Optional.empty();
        }
        return Optional.ofNullable(lease);
    }

    /** Does something with a worker, and returns it whatever happens; {@code poolboy:transaction/2}. */
    public <T extends @Nullable Object> T transaction(Function<? super Lease, ? extends T> work) {
        try (Lease lease = checkout()) {
            return work.apply(lease);
        }
    }

    /** The lease of that number, that this borrower had before its code was replaced; empty if it is over. */
    public Optional<Lease> lease(long number) {
        Slots slots = slots();
        Tuple row = slots == null ? null : slots.find(number);
        return row == null || PoolProtocol.OFFERED.equals(row.get(PoolProtocol.STATE))
                ? Optional.empty()
                : Optional.of(new Lease(this, slots, row));
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
        Map<Object, Long> states = rows.stream()
                .filter(row -> row.get(PoolProtocol.SLOT) instanceof Long)
                .collect(Collectors.groupingBy(
                        row -> Objects.requireNonNull(row.get(PoolProtocol.STATE)), Collectors.counting()));
        int idle = states.getOrDefault(PoolProtocol.IDLE, 0L).intValue();
        int starting = states.getOrDefault(PoolProtocol.STARTING, 0L).intValue();
        int all = states.values().stream().mapToInt(Long::intValue).sum();
        boolean open = PoolProtocol.OPEN.equals(pool.get(PoolProtocol.MODE));
        long waiting = pool.getLong(PoolProtocol.WAITING);
        return new PoolStatus(
                spec.size(),
                spec.maxOverflow(),
                idle,
                all - idle - starting,
                starting,
                all - spec.size(),
                (int) waiting,
                !open);
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
        return new PooledWorker(
                row.getLong(PoolProtocol.SLOT),
                (Pid) row.get(PoolProtocol.PID),
                PooledWorker.State.valueOf(row.getString(PoolProtocol.STATE).toUpperCase(Locale.ROOT)),
                borrower == null
                        ? null
                        : tables.find(PoolProtocol.BORROWER_PREFIX + borrower)
                                .map(TableInfo::owner)
                                .orElse(null),
                Instant.ofEpochMilli(row.getLong(PoolProtocol.SINCE)),
                row.size() > PoolProtocol.STACK ? row.getString(PoolProtocol.STACK) : null);
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

    /** Lends a worker that is idle. Null if there is none; or if others wait, unless that is no matter. */
    private @Nullable Lease take(boolean evenIfOthersWait) {
        Tuple pool = pool();
        if (pool == null) {
            return null;
        }
        Conditions now = conditions(pool);
        if (!PoolProtocol.OPEN.equals(pool.get(PoolProtocol.MODE))) {
            throw refused(pool.get(PoolProtocol.MODE));
        }
        if (!NOBODY.equals(pool.get(PoolProtocol.WAITING)) && !evenIfOthersWait) {
            return null;
        }
        Slots slots = Objects.requireNonNull(this.slots);
        Long number = newNumber();
        String stack = now.watched() ? stack() : null;
        Tuple busy = slots.lendReturned(number, token(), stack);
        if (busy == null) {
            slots.look(now.lifo());
            busy = slots.lendReturned(number, token(), stack);
        }
        return busy == null ? null : new Lease(this, slots, busy);
    }

    /** Queues up. */
    private Lease await(long deadline) {
        Lease lease = null;
        for (int i = 0; i < LOOKS && lease == null; i++) {
            Thread.yield();
            lease = take(false);
        }
        if (lease == null && isUnattended()) {
            lease = take(true);
        }
        long pause = LEAST_PAUSE_NANOS;
        while (lease == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw late();
            }
            lease = askFor(newNumber(), true, left);
            if (lease == null) {
                // It has crashed, or has yet to start.
                lease = take(true);
            }
            if (lease == null) {
                pause(Math.min(left, pause));
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
        return lease;
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

    /** Null if there is none for one who does not wait, or if the process ends meanwhile. */
    private @Nullable Lease askFor(Long number, boolean wait, long nanos) {
        Slots slots = slots();
        if (slots == null) {
            return null;
        }
        slots.forget();
        String stack = now().watched() ? stack() : null;
        Tuple request = Tuple.of(PoolProtocol.CHECKOUT, number, token(), wait, stack);
        Object answer;
        try {
            answer = processes.call(process, request, Duration.ofNanos(nanos));
        } catch (ProcessExitedException gone) {
            answer = slots.find(number);
        } catch (CallTimeoutException late) {
            cancel(slots, number);
            throw late();
        } catch (RuntimeException failed) {
            cancel(slots, number);
            throw failed;
        }
        if (answer instanceof Tuple offered) {
            Tuple busy = slots.accept(offered);
            return busy == null ? null : new Lease(this, slots, busy);
        }
        if (answer instanceof String mode && !mode.equals(PoolProtocol.FULL)) {
            throw refused(mode);
        }
        return null;
    }

    /** Nobody waits any more for what is offered under that number, now or in a moment. */
    private void cancel(Slots slots, Long number) {
        try {
            Tuple offered = slots.find(number);
            if (offered != null) {
                giveBack(slots, offered, false);
            }
            processes.cast(process, Tuple.of(PoolProtocol.CANCEL, number));
        } catch (FencedException | NoSuchTableException over) {
            // The kernel tells the pool's process of a borrower that has ended; and there may be no pool any more.
        }
    }

    void giveBack(Slots slots, Tuple row, boolean broken) {
        try {
            switch (slots.giveBack(row, broken, now().lifo())) {
                case IDLE -> {
                    Tuple pool = slots.pool();
                    if (pool != null && !NOBODY.equals(pool.get(PoolProtocol.WAITING))) {
                        processes.cast(process, Tuple.of(PoolProtocol.RETURNED));
                    }
                }
                case TO_RETIRE -> processes.cast(process, Tuple.of(PoolProtocol.RETURNED));
                case LOST -> {}
            }
        } catch (FencedException | NoSuchTableException over) {
            // Whoever has ended has no lease any more.
        }
    }

    private boolean isSound(Lease lease) {
        Object question = now().validation();
        if (question == null) {
            return true;
        }
        try {
            return Boolean.TRUE.equals(lease.call(question, now().validationTimeout()));
        } catch (FencedException over) {
            throw over;
        } catch (RuntimeException broken) {
            return false;
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

    /** The pool's own row; null if there is no pool. */
    private @Nullable Tuple pool() {
        Slots known = slots;
        if (known != null) {
            try {
                return known.pool();
            } catch (NoSuchTableException gone) {
                slots = null; // there may be another one of that name
            }
        }
        known = slots();
        return known == null ? null : known.pool();
    }

    private @Nullable Slots slots() {
        Slots known = slots;
        if (known == null) {
            try {
                slots = known = new Slots(tables.open(process));
            } catch (NoSuchTableException none) {
                return null;
            }
        }
        return known;
    }

    private Conditions conditions(Tuple pool) {
        Conditions known = conditions;
        Object term = pool.get(PoolProtocol.SPEC);
        if (known == null || known.term() != term) {
            conditions = known = Conditions.of(term);
        }
        return known;
    }

    /** Those that were looked at last. */
    private Conditions now() {
        return Objects.requireNonNull(conditions);
    }

    private Duration timeout() {
        Conditions known = conditions;
        return known == null ? PoolSpec.of(name, "any").checkoutTimeout() : known.timeout();
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

    private static Long newNumber() {
        return ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
    }

    private static String stack() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().startsWith("org.bequest.pool."))
                        .limit(FRAMES)
                        .map(frame -> "\tat " + frame)
                        .collect(Collectors.joining("\n")));
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

    private PoolException refused(@Nullable Object mode) {
        return PoolProtocol.DRAINING.equals(mode)
                ? new PoolException(
                        PoolException.Problem.DRAINING,
                        "Pool '" + name + "' is draining, and lends again after resume()")
                : new PoolException(PoolException.Problem.ENDING, "Pool '" + name + "' is about to end");
    }
}
