// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.pool.BorrowerDeath;
import org.bequest.pool.Lease;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolSpec;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.FencedException;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Workers and borrowers end. */
public class PoolDeathsIT extends PoolTest {
    @Test
    public void idleWorkerIsReplaced_andTheOthersAreStillKnown() {
        Pool pool = start(spec(3));
        Pid victim = pids(pool).get(0);

        kill(victim);

        Wait.until("another has its place", () -> !pids(pool).contains(victim));
        untilIdle(pool, 3);
        assertThat(borrowAll(pool, 3).stream().map(Lease::pid)).doesNotHaveDuplicates();
    }

    @Test
    public void lentWorkerIsReplaced_andItsLeaseSaysSo() {
        Pool pool = start(spec(1));
        Lease lease = pool.checkout();

        kill(lease.pid());

        untilIdle(pool, 1);
        assertThat(lease.isHeld()).isFalse();
        assertThatThrownBy(() -> lease.call("who", Wait.LIMIT)).isInstanceOf(ProcessExitedException.class);
        Lease next = pool.checkout();
        lease.close();
        assertThat(next.isHeld()).isTrue();
        assertThat(next.pid()).isNotEqualTo(lease.pid());
    }

    @Test
    public void freshWorkerGoesToTheOneWhoWaits_whenALentOneDies() {
        Pool pool = start(spec(1));
        Lease lease = pool.checkout();
        CompletableFuture<Lease> waiting = borrowing(pool);
        untilWaiting(pool, 1);

        kill(lease.pid());

        assertThat(Wait.result(waiting).pid()).isNotEqualTo(lease.pid());
        Wait.result(waiting).close();
        untilIdle(pool, 1);
    }

    @Test
    public void overflowShrinks_whenAWorkerDiesThatNobodyNeeds() {
        Pool pool = start(spec(1).overflow(1).linger(Duration.ofHours(1)));
        List<Lease> leases = borrowAll(pool, 2);

        kill(leases.get(1).pid());

        Wait.until("it is forgotten", () -> pool.status().overflow() == 0);
        assertThat(leases.get(0).isHeld()).isTrue();
        assertThat(starts.get()).isEqualTo(2);
    }

    @Test
    public void workerIsReturned_whenTheProcessThatHasItEnds() throws Exception {
        Pool pool = start(spec(1));
        Spawned borrower = bench.spawn();
        Pid worker = borrow(borrower);
        assertThat(pool.status().busy()).isEqualTo(1);

        borrower.killed();

        untilIdle(pool, 1);
        assertThat(pids(pool)).containsExactly(worker);
        Wait.until(
                "nothing is left of it",
                () -> bench.tables().list().stream()
                                .filter(table -> table.name().startsWith("bequest.borrower."))
                                .count()
                        == 0);
    }

    @Test
    public void queueIsServed_whenTheProcessThatHasTheWorkerEnds() throws Exception {
        Pool pool = start(spec(1));
        Spawned borrower = bench.spawn();
        Pid worker = borrow(borrower);
        CompletableFuture<Lease> waiting = borrowing(pool);
        untilWaiting(pool, 1);

        borrower.killed();

        assertThat(Wait.result(waiting).pid()).isEqualTo(worker);
    }

    @Test
    public void workerIsReplaced_whenItsBorrowerEnds_ifSoAsked() throws Exception {
        Pool pool = start(spec(1).onBorrowerDeath(BorrowerDeath.DISCARD));
        Spawned borrower = bench.spawn();
        Pid worker = borrow(borrower);

        borrower.killed();

        Wait.until("it is replaced", () -> !bench.processes().isAlive(worker));
        untilIdle(pool, 1);
    }

    @Test
    public void processThatWaitsEnds_andTheNextIsServed() throws Exception {
        Pool pool = start(spec(1));
        Lease held = pool.checkout();
        bench.module("waiter", Waiter::new, WorkerModule.BLOCKING, true);
        Pid waiter = bench.processes().spawn(ProcessSpec.of("waiter"));
        bench.processes().cast(waiter, "borrow");
        untilWaiting(pool, 1);
        CompletableFuture<Lease> next = borrowing(pool);
        untilWaiting(pool, 2);

        kill(waiter);

        untilWaiting(pool, 1);
        held.close();
        Wait.result(next).close();
        untilIdle(pool, 1);
    }

    /** Borrows when it is told to. */
    private static final class Waiter implements Worker {
        @Override
        public void onCast(Self self, Object message) {
            poolOf(self).checkout(Wait.LIMIT);
        }
    }

    @Test
    public void workersAreReturned_whenTheBundleThatHasThemStops() throws Exception {
        Pool pool = start(spec(3));
        Bundle borrower = bench.bundle("borrower");
        Pool its = poolOf(borrower);
        List<Lease> leases = borrowAll(its, 3);
        CompletableFuture<Lease> queued = Background.get(() -> its.checkout(Wait.LIMIT));
        untilWaiting(pool, 1);

        borrower.stop();

        untilIdle(pool, 3);
        assertThat(pool.status().waiting()).isZero();
        leases.forEach(Lease::close); // does nothing
        assertThatThrownBy(its::checkout).isInstanceOf(FencedException.class);
        borrower.start();
        Pool again = poolOf(borrower);
        borrowAll(again, 3).forEach(Lease::close);
        untilIdle(pool, 3);
        assertThat(queued.isDone() && !queued.isCompletedExceptionally()).isFalse();
    }

    @Test
    public void brokenWorkerIsReplaced_whenItsBorrowerSaysSo() {
        Pool pool = start(spec(2));
        Lease lease = pool.checkout();

        lease.discard();

        Wait.until("it has ended", () -> !bench.processes().isAlive(lease.pid()));
        untilIdle(pool, 2);
        assertThat(pids(pool)).doesNotContain(lease.pid());
    }

    @Test
    public void unfitWorkerIsNotLent_butReplaced() {
        Pool pool = start(spec(2).validation("fit", Duration.ofSeconds(5)));
        List<Pid> before = pids(pool);
        before.forEach(pid -> unfit.put(pid, true));

        try (Lease lease = pool.checkout()) {
            assertThat(before).doesNotContain(lease.pid());
        }

        untilIdle(pool, 2);
        unfit.clear();
    }

    @Test
    public void oldWorkersAreReplaced_alsoIfTheyAreNeverIdleForLong() {
        Pool pool = start(spec(2).maxLifetime(Duration.ofMillis(300)));
        List<Pid> before = pids(pool);
        Lease lent = pool.checkout();

        Wait.until("they have had their time", () -> {
            pool.checkout().close();
            return pids(pool).stream().filter(before::contains).count() == 1;
        });
        assertThat(bench.processes().isAlive(lent.pid())).isTrue();
        assertThat(lent.isHeld()).isTrue();
        lent.close();
        Wait.until("the lent one is replaced, too", () -> !bench.processes().isAlive(lent.pid()));
    }

    @Test
    public void thereIsNoHotLoop_whenWorkersDoNotStart() {
        AtomicInteger tries = new AtomicInteger();
        atStart = self -> {
            tries.incrementAndGet();
            throw new IllegalStateException("does not want to");
        };
        bench.root().start(spec(1).child());
        Wait.until("it was tried", () -> tries.get() >= 3);
        assertThat(tries.get()).isLessThan(20);
        Pool pool = pool(POOL);
        assertThat(pool.status().starting()).isEqualTo(1);
        CompletableFuture<Lease> waiting = borrowing(pool);

        atStart = self -> {};

        Wait.result(waiting).close();
        untilIdle(pool, 1);
    }

    @Test
    public void workersStart_whenTheirModuleComes() throws Exception {
        bench.root().start(PoolSpec.of(POOL, "late").size(2).child());
        Pool pool = pool(POOL);
        Wait.until("they wait for it", () -> pids(pool).size() == 2);
        CompletableFuture<Lease> waiting = borrowing(pool);

        bench.start(Bench.puppets("late", "1.0.0"));

        Wait.result(waiting).close();
        untilIdle(pool, 2);
    }
}
