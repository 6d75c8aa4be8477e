// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.pool.Lease;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolProtocol;
import org.bequest.pool.PoolSpec;
import org.bequest.pool.PoolStatus;
import org.bequest.pool.PooledWorker;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.RestartPlan;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Before;
import org.osgi.framework.Bundle;

/** A test of pools, whose workers are hands that do as they are told. */
public abstract class PoolTest extends ContainerTest {
    static final String HAND = "hand";
    static final String POOL = "pool";

    /** How many hands have started. */
    final AtomicInteger starts = new AtomicInteger();
    /** What a hand does at its next starts. */
    volatile Habit atStart = self -> {};
    /** Whether hands find themselves fit. */
    final Map<Pid, Boolean> unfit = new ConcurrentHashMap<>();

    /** What a hand does. */
    interface Habit {
        void of(Self self) throws Exception;
    }

    private final class Hand implements Worker {
        @Override
        public void onStart(Self self, Object argument) throws Exception {
            atStart.of(self);
            starts.incrementAndGet();
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(request.equals("fit") ? (Object) !unfit.containsKey(self.pid()) : self.pid());
        }

        @Override
        public void onCast(Self self, Object message) throws Exception {
            ((Habit) message).of(self);
        }
    }

    @Before
    public void offerHands() throws Exception {
        bench.module(HAND, Hand::new, WorkerModule.BLOCKING, true);
    }

    /** Of hands, who stop fast. */
    static PoolSpec spec(int size) {
        return PoolSpec.of(POOL, HAND).size(size);
    }

    /**
     * Starts it under the root, which restarts it at once, however often; waits until its workers are there. The test's
     * bundle is the borrower.
     */
    final Pool start(PoolSpec spec) {
        bench.root().start(spec.child().plan(RestartPlan.immediately()));
        Pool pool = pool(spec.name());
        untilIdle(pool, spec.size());
        return pool;
    }

    final Pool pool(String name) {
        return Pool.of(bench.tables(), bench.processes(), name);
    }

    final Pool poolOf(Bundle borrower) {
        return Pool.of(bench.tablesOf(borrower), bench.processesOf(borrower), POOL);
    }

    /** Has a process borrow a worker, and keep it. */
    static Pid borrow(Spawned borrower) {
        return borrower.does(self -> poolOf(self).checkout().pid());
    }

    static Pool poolOf(Self self) {
        return Pool.of(self.tables(), self.processes(), POOL);
    }

    final Pid process() {
        return bench.processes().whereis(PoolProtocol.name(POOL)).orElseThrow();
    }

    /** How many hands there are, in the pool or not. */
    final long hands() {
        return bench.processes().list().stream()
                .filter(process -> process.module().equals(HAND))
                .count();
    }

    final void kill(Pid pid) {
        bench.processes().exit(pid, ExitReason.KILLED);
    }

    /** Kills the pool's process, and waits for the next one. */
    final void crash() {
        Pid before = process();
        kill(before);
        Wait.until("the pool's process is restarted", () -> bench.processes()
                .whereis(PoolProtocol.name(POOL))
                .filter(now -> !now.equals(before))
                .isPresent());
    }

    static void untilIdle(Pool pool, int idle) {
        Wait.untilEmpty(idle + " are idle", () -> {
            try {
                PoolStatus status = pool.status();
                return status.idle() == idle && status.busy() == 0 && status.starting() == 0
                        ? List.of()
                        : List.of(status);
            } catch (RuntimeException yet) {
                return List.of(yet);
            }
        });
    }

    static void untilWaiting(Pool pool, int waiting) {
        Wait.until(waiting + " wait", () -> pool.status().waiting() == waiting);
    }

    /** Who borrows in the background, and keeps it. */
    static CompletableFuture<Lease> borrowing(Pool pool) {
        return Background.get(() -> pool.checkout(Wait.LIMIT));
    }

    static List<Pid> pids(Pool pool) {
        return pool.workers().stream()
                .map(PooledWorker::pid)
                .filter(Objects::nonNull)
                .toList();
    }

    static List<Lease> borrowAll(Pool pool, int count) {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leases.add(pool.checkout());
        }
        return leases;
    }

    /** Whatever a pool is in the middle of, each place is one row in one state. */
    final void assertConserved(int least, int most) {
        List<Tuple> rows = bench.tables().open(PoolProtocol.name(POOL)).toList();
        Map<Object, Long> states = rows.stream()
                .filter(row -> row.get(PoolProtocol.SLOT) instanceof Long)
                .collect(Collectors.groupingBy(
                        row -> Objects.requireNonNull(row.get(PoolProtocol.STATE)), Collectors.counting()));
        long all = states.values().stream().mapToLong(Long::longValue).sum();
        assertThat(all).as("places, of which %s", states).isBetween((long) least, (long) most);
    }
}
