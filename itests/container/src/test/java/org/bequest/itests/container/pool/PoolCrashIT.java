// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.Log;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.pool.Lease;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolException;
import org.bequest.pool.PoolProtocol;
import org.bequest.pool.PoolSpec;
import org.bequest.pool.PooledWorker;
import org.bequest.supervisor.RestartPlan;
import org.bequest.table.TableInfo;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The pool's process crashes, its code is away, it is resized, drained and stopped. */
public class PoolCrashIT extends PoolTest {
    private Bundle pools() {
        return bench.shipped("org.bequest.pools");
    }

    @After
    public void startPools() throws BundleException {
        pools().start();
    }

    @Test
    public void leasesAndWorkersGoOn_whenThePoolsProcessCrashes() {
        Pool pool = start(spec(3));
        List<Pid> before = pids(pool);
        Lease lease = pool.checkout();

        crash();

        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.call("who", Wait.LIMIT)).isEqualTo(lease.pid());
        assertThat(borrowAll(pool, 2)).hasSize(2).allSatisfy(other -> other.close());
        lease.close();
        untilIdle(pool, 3);
        assertThat(pids(pool)).isEqualTo(before);
        assertThat(starts.get()).isEqualTo(3);
    }

    /** Asks as a borrower does, who then never takes what he is offered. */
    private Tuple offered(Pool pool, long request) {
        pool.checkout().close();
        String token = bench.tables().list().stream()
                .map(TableInfo::name)
                .filter(name -> name.startsWith(PoolProtocol.BORROWER_PREFIX))
                .findFirst()
                .orElseThrow()
                .substring(PoolProtocol.BORROWER_PREFIX.length());
        Object answer = bench.processes()
                .call(process(), Tuple.of(PoolProtocol.CHECKOUT, request, token, true, null), Wait.LIMIT);
        assertThat(pool.status().busy()).isEqualTo(1);
        return (Tuple) answer;
    }

    @Test
    public void whatWasOfferedAndNotTaken_isLentAgainWhenItIsCancelled() {
        Pool pool = start(spec(1));
        Tuple offered = offered(pool, 7);
        CompletableFuture<Lease> waiting = borrowing(pool);
        untilWaiting(pool, 1);

        bench.processes().cast(process(), Tuple.of(PoolProtocol.CANCEL, 7));

        assertThat(Wait.result(waiting).pid()).isEqualTo(offered.get(PoolProtocol.PID));
        Wait.result(waiting).close();
        untilIdle(pool, 1);
    }

    @Test
    public void whatWasOfferedAndNotTaken_isLentAgainByTheNextProcess() {
        Pool pool = start(spec(1));
        offered(pool, 7);

        crash();

        untilIdle(pool, 1);
    }

    @Test
    public void anotherPoolNoticesNothing_whenOneCrashes() {
        Pool pool = start(spec(1));
        Pool other = start(PoolSpec.of("other", HAND).size(1));
        Pid process = bench.processes().whereis(PoolProtocol.name("other")).orElseThrow();
        List<Pid> workers = pids(other);
        try (Lease lease = other.checkout()) {
            crash();
            assertThat(lease.isHeld()).isTrue();
        }
        assertThat(bench.processes().whereis(PoolProtocol.name("other"))).contains(process);
        assertThat(pids(other)).isEqualTo(workers);
        pool.checkout().close();
    }

    @Test
    public void thoseWhoWaitGoOnWaiting_whenThePoolsProcessCrashes() {
        Pool pool = start(spec(1));
        Lease held = pool.checkout();
        List<CompletableFuture<Lease>> waiting = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            waiting.add(borrowing(pool));
            untilWaiting(pool, i);
        }

        crash();
        untilWaiting(pool, 4);
        held.close();

        waiting.forEach(one -> one.thenAccept(Lease::close));
        waiting.forEach(Wait::result);
        untilIdle(pool, 1);
    }

    @Test
    public void borrowingGoesOn_whileThereIsNoProcess() {
        bench.root().start(spec(2).child().plan(RestartPlan.waitForOperator()));
        Pool pool = pool(POOL);
        untilIdle(pool, 2);
        Lease before = pool.checkout();

        kill(process());
        Wait.until("nobody has it", () -> bench.inEscrow(PoolProtocol.name(POOL)));

        for (int i = 0; i < 5; i++) {
            pool.checkout().close();
        }
        before.close();
        Lease one = pool.checkout();
        Lease two = pool.checkout();
        assertThatThrownBy(() -> pool.checkout(Duration.ofMillis(50))).isInstanceOf(PoolException.class);
        two.close();
        one.close();
        bench.root().restart(PoolProtocol.name(POOL));
    }

    @Test
    public void borrowersThatEndedMeanwhile_areFoundByTheNextProcess() throws Exception {
        bench.root().start(spec(2).child().plan(RestartPlan.waitForOperator()));
        Pool pool = pool(POOL);
        untilIdle(pool, 2);
        Spawned borrower = bench.spawn();
        borrow(borrower);
        kill(process());
        Wait.until("nobody has it", () -> bench.inEscrow(PoolProtocol.name(POOL)));

        borrower.killed();
        Pid idle = pool.checkout().pid();
        kill(idle);
        bench.root().restart(PoolProtocol.name(POOL));

        untilIdle(pool, 2);
        assertThat(pids(pool)).doesNotContain(idle);
    }

    @Test
    public void borrowingGoesOn_whileTheCodeIsAway() throws Exception {
        Pool pool = start(spec(2));
        Spawned borrower = bench.spawn();
        Pid worker = borrow(borrower);
        Lease held = pool.checkout();
        CompletableFuture<Lease> waiting = borrowing(pool);
        untilWaiting(pool, 1);
        pools().stop();

        borrower.killed();
        held.close();
        pool.checkout().close(); // those who wait cannot be served just now
        kill(held.pid());
        pools().start();

        Wait.result(waiting).close();
        Wait.until("the dead one is replaced", () -> !pids(pool).contains(held.pid()));
        untilIdle(pool, 2);
        assertThat(pids(pool)).contains(worker);
    }

    @Test
    public void leaseIsFoundAgain_whenTheBorrowersCodeWasReplaced() throws Exception {
        Pool pool = start(spec(1));
        Bundle bundle = bench.start(Bench.puppets(Bench.PUPPET, "1.0.0"));
        Spawned borrower = bench.spawn();
        Pid worker = borrow(borrower);

        bench.update(bundle, Bench.puppets(Bench.PUPPET, "2.0.0"));

        assertThat(borrower.version()).isEqualTo("2.0.0");
        assertThat(pool.status().busy()).isEqualTo(1);
        borrower.runs(self -> poolOf(self).lease(worker).orElseThrow().close());
        untilIdle(pool, 1);
    }

    @Test
    public void poolGrowsAndShrinks_whileItIsInUse() {
        Pool pool = start(spec(2));
        List<Lease> leases = borrowAll(pool, 2);
        CompletableFuture<Lease> waiting = borrowing(pool);
        untilWaiting(pool, 1);

        pool.resize(4, 0);

        leases.add(Wait.result(waiting));
        Wait.until("the fourth is there", () -> pool.status().idle() == 1);
        pool.resize(1, 0);
        Wait.until("what is idle goes at once", () -> pool.status().idle() == 0);
        assertThat(pool.status().overflow()).isEqualTo(2);
        assertThat(leases).allMatch(Lease::isHeld);
        leases.forEach(Lease::close);
        untilIdle(pool, 1);
        assertThatThrownBy(() -> pool.resize(0, 0))
                .isInstanceOfSatisfying(PoolException.class, refused -> assertThat(refused.problem())
                        .isEqualTo(PoolException.Problem.BAD_SPEC));
        assertThatThrownBy(() -> pool.resize(-1, 3)).hasMessageContaining("must not be negative");
        crash();
        assertThat(pool.status().size()).isEqualTo(1);
    }

    @Test
    public void nothingIsLent_whileThePoolDrains() {
        Pool pool = start(spec(2));
        Lease held = pool.checkout();

        assertThat(pool.drain(Duration.ofMillis(50))).isFalse();
        assertThatThrownBy(pool::checkout)
                .isInstanceOfSatisfying(PoolException.class, refused -> assertThat(refused.problem())
                        .isEqualTo(PoolException.Problem.DRAINING));
        assertThatThrownBy(pool::tryCheckout).isInstanceOf(PoolException.class);
        CompletableFuture<Boolean> drained = Background.get(() -> pool.drain(Wait.LIMIT));
        held.close();
        assertThat(Wait.result(drained)).isTrue();
        assertThat(pool.status().draining()).isTrue();
        crash();
        assertThatThrownBy(pool::checkout).isInstanceOf(PoolException.class);

        pool.resume();

        borrowAll(pool, 2).forEach(Lease::close);
        untilIdle(pool, 2);
    }

    @Test
    public void workersStopWithThePool_andNothingIsLeft() {
        Pool pool = start(spec(3));
        List<Pid> workers = pids(pool);
        Lease held = pool.checkout();

        bench.root().terminate(PoolProtocol.name(POOL));

        assertThat(workers).noneMatch(bench.processes()::isAlive);
        assertThat(bench.exists(PoolProtocol.name(POOL))).isFalse();
        held.close();
        bench.root().restart(PoolProtocol.name(POOL));
        untilIdle(pool, 3);
        borrowAll(pool, 3).forEach(Lease::close);
    }

    @Test
    public void workerThatDoesNotStop_isKilled() {
        atStart = self -> self.trapExits(true);
        Pid worker = pids(start(spec(1).shutdown(Duration.ofMillis(50)))).get(0);

        bench.root().terminate(PoolProtocol.name(POOL));

        assertThat(bench.processes().isAlive(worker)).isFalse();
    }

    @Test
    public void leaseThatIsHeldForLong_isReportedOnceWithItsStack() {
        try (Log log = Log.open()) {
            Pool pool = start(spec(2).leakThreshold(Duration.ofMillis(100)));
            Lease forgotten = forget(pool);
            Wait.until("it is reported", () -> log.text().contains("is lent to bundle"));
            PooledWorker worker = pool.workers().stream()
                    .filter(one -> forgotten.pid().equals(one.pid()))
                    .findFirst()
                    .orElseThrow();
            assertThat(worker.stack()).contains("PoolCrashIT.forget");
            assertThat(worker.since()).isNotNull();
            assertThat(worker.borrower()).isNotNull();
            Lease another = forget(pool);
            Wait.until("the other is reported", () -> log.text().split("is lent to bundle", -1).length > 2);
            assertThat(log.text().split("is lent to bundle", -1)).hasSize(3);
            assertThat(log.text()).contains("PoolCrashIT.forget");
            forgotten.close();
            another.close();
        }
    }

    private static Lease forget(Pool pool) {
        return pool.checkout();
    }

    @Test
    public void workersAreReplaced_whenTheNextProcessHasAnotherSpecification() {
        bench.root().start(spec(2).child().plan(RestartPlan.waitForOperator()));
        Pool pool = pool(POOL);
        untilIdle(pool, 2);
        List<Pid> before = pids(pool);
        Lease lent = pool.checkout();
        kill(process());
        Wait.until("nobody has it", () -> bench.inEscrow(PoolProtocol.name(POOL)));
        bench.root().delete(PoolProtocol.name(POOL));

        bench.root().start(spec(3).argument("other").child());

        Wait.until("those that are not lent are replaced", () -> pool.status().idle() == 2);
        assertThat(lent.isHeld()).isTrue();
        lent.close();
        untilIdle(pool, 3);
        assertThat(pids(pool)).doesNotContainAnyElementsOf(before);
    }

    @Test
    public void poolFollowsItsSpecification_whenThatWasChanged() {
        Pool pool = start(spec(1));
        pool.checkout().close();

        bench.root().terminateAndDelete(PoolProtocol.name(POOL));
        bench.root().start(spec(2).child());

        untilIdle(pool, 2);
        borrowAll(pool, 2).forEach(Lease::close);
    }
}
