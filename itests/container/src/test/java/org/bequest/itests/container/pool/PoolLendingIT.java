// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bequest.pool.Lease;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolException;
import org.bequest.pool.PoolStatus;
import org.bequest.pool.Strategy;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** Borrowing and returning. */
public class PoolLendingIT extends PoolTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    public void workersAreThereBeforeAnybodyAsks_whenThePoolStarts() {
        Pool pool = start(spec(3));

        assertThat(pool.status()).isEqualTo(new PoolStatus(3, 0, 3, 0, 0, 0, 0, false));
        assertThat(starts.get()).isEqualTo(3);
        assertThat(Pool.names(bench.tables())).contains(POOL);
    }

    @Test
    public void workerIsBorrowersAlone_untilItIsReturned() {
        Pool pool = start(spec(2));

        Lease one = pool.checkout();
        Lease two = pool.checkout();

        assertThat(one.pid()).isNotEqualTo(two.pid());
        assertThat(pool.status().busy()).isEqualTo(2);
        assertThat(one.call("who", Wait.LIMIT)).isEqualTo(one.pid());
        one.close();
        two.close();
        assertThat(pool.status().idle()).isEqualTo(2);
    }

    @Test
    public void leaseCanBeClosedAgain_andNobodyLosesAnything() {
        Pool pool = start(spec(1));
        Lease first = pool.checkout();
        first.close();
        Lease second = pool.checkout();

        first.close();
        first.discard();

        assertThat(second.isHeld()).isTrue();
        assertThat(pool.tryCheckout()).isEmpty();
        assertThatThrownBy(() -> first.call("who", Wait.LIMIT))
                .isInstanceOf(PoolException.class)
                .hasMessageContaining("was returned");
        second.close();
    }

    @Test
    public void lastReturnedIsLentFirst_unlessOtherwiseAsked() {
        Pool pool = start(spec(3));
        List<Lease> leases = borrowAll(pool, 3);
        leases.forEach(Lease::close);

        assertThat(borrowAll(pool, 3).stream().map(Lease::pid))
                .containsExactly(
                        leases.get(2).pid(), leases.get(1).pid(), leases.get(0).pid());
    }

    @Test
    public void firstReturnedIsLentFirst_ifSoAsked() {
        Pool pool = start(spec(3).strategy(Strategy.FIFO));
        List<Lease> leases = borrowAll(pool, 3);
        leases.forEach(Lease::close);

        assertThat(borrowAll(pool, 3).stream().map(Lease::pid))
                .containsExactly(
                        leases.get(0).pid(), leases.get(1).pid(), leases.get(2).pid());
    }

    @Test
    public void otherBorrowersReturns_areFound() {
        Pool mine = start(spec(1));
        Pool others = pool(POOL);
        for (int i = 0; i < 10; i++) {
            mine.checkout().close();
            others.checkout().close();
        }
        assertThat(mine.status().idle()).isEqualTo(1);
    }

    @Test
    public void nobodyIsIdle_nobodyWaits_ifItIsTried() {
        Pool pool = start(spec(1));
        Lease lease = pool.checkout();

        assertThat(pool.tryCheckout()).isEmpty();
        assertThat(pool.status().state()).isEqualTo(PoolStatus.State.FULL);
        lease.close();
        Optional<Lease> now = pool.tryCheckout();
        assertThat(now).isPresent();
        now.get().close();
    }

    @Test
    public void moreAreStarted_andDismissedWhenTheyLinger() {
        Pool pool = start(spec(1).overflow(2).linger(SHORT));
        Lease one = pool.checkout();
        assertThat(pool.status().state()).isEqualTo(PoolStatus.State.OVERFLOW);

        Lease two = pool.checkout();
        Lease three = pool.tryCheckout().orElseThrow();

        assertThat(pool.tryCheckout()).isEmpty();
        assertThat(pool.status()).isEqualTo(new PoolStatus(1, 2, 0, 3, 0, 2, 0, false));
        assertThat(List.of(one.pid(), two.pid(), three.pid())).doesNotHaveDuplicates();
        List.of(one, two, three).forEach(Lease::close);
        untilIdle(pool, 1);
        Wait.until(
                "the others have ended",
                () -> List.of(one, two, three).stream()
                                .filter(lease -> bench.processes().isAlive(lease.pid()))
                                .count()
                        == 1);
    }

    @Test
    public void thereIsNoOverflow_ifNoneIsAsked() {
        Pool pool = start(spec(1));
        try (Lease lease = pool.checkout()) {
            assertThatThrownBy(() -> pool.checkout(SHORT))
                    .isInstanceOfSatisfying(PoolException.class, late -> assertThat(late.problem())
                            .isEqualTo(PoolException.Problem.TIMEOUT));
            assertThat(lease.isHeld()).isTrue();
        }
        assertThat(starts.get()).isEqualTo(1);
    }

    @Test
    public void workerIsReturned_howeverATransactionEnds() {
        Pool pool = start(spec(1));

        assertThat(pool.<Object>transaction(lease -> lease.call("who", Wait.LIMIT)))
                .isInstanceOf(Pid.class);
        assertThatThrownBy(() -> pool.<Object>transaction(lease -> {
                    throw new IllegalStateException("as asked");
                }))
                .hasMessage("as asked");

        assertThat(pool.status().idle()).isEqualTo(1);
    }

    @Test
    public void thoseWhoWaitAreServedInOrder_andNobodyOvertakes() {
        Pool pool = start(spec(1));
        Lease held = pool.checkout();
        List<CompletableFuture<Lease>> waiting = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            waiting.add(borrowing(pool(POOL)));
            untilWaiting(pool, i);
        }

        held.close();

        assertThat(pool.tryCheckout()).isEmpty();
        for (int i = 0; i < 8; i++) {
            Lease lease = Wait.result(waiting.get(i));
            assertThat(waiting.subList(i + 1, 8)).noneMatch(CompletableFuture::isDone);
            assertThat(pool.tryCheckout()).as("a late comer").isEmpty();
            lease.close();
        }
        untilIdle(pool, 1);
    }

    @Test
    public void nothingIsLost_whenABorrowerGivesUpWaiting() {
        Pool pool = start(spec(1));
        Lease held = pool.checkout();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Lease> late = Background.get(() -> pool.checkout(Duration.ofMillis(5)));
            Wait.until("it gives up, or is served", late::isDone);
            assertThat(late).isCompletedExceptionally();
        }
        untilWaiting(pool, 0);
        held.close();
        untilIdle(pool, 1);
    }

    @Test
    public void whatIsGrantedInTheMomentOfGivingUp_isReturned() {
        Pool pool = start(spec(1));
        for (int i = 0; i < 200; i++) {
            Lease held = pool.checkout();
            CompletableFuture<Object> late = Background.get(() -> {
                try {
                    pool.checkout(Duration.ofMillis(2)).close();
                } catch (PoolException gaveUp) {
                    assertThat(gaveUp.problem()).isEqualTo(PoolException.Problem.TIMEOUT);
                }
                return "done";
            });
            long moment = System.nanoTime() + 2_000_000;
            while (System.nanoTime() < moment) {
                Thread.onSpinWait();
            }
            held.close();
            Wait.result(late);
        }
        untilIdle(pool, 1);
        assertThat(starts.get()).isEqualTo(1);
    }

    @Test
    public void borrowerWaits_untilThereIsAPool() {
        Pool pool = pool(POOL);
        assertThatThrownBy(() -> pool.checkout(SHORT)).hasMessageContaining("There is no pool 'pool'");
        assertThatThrownBy(pool::tryCheckout).hasMessageContaining("There is no pool 'pool'");
        CompletableFuture<Lease> early = borrowing(pool);

        bench.root().start(spec(1).child());

        Wait.result(early).close();
        untilIdle(pool, 1);
    }

    @Test
    public void requestThatAPoolDoesNotKnow_isRefusedAndChangesNothing() {
        Pool pool = start(spec(1));

        assertThatThrownBy(() -> bench.processes().call(process(), "nonsense", Wait.LIMIT))
                .hasMessageContaining("A pool does not know nonsense");

        assertThat(pool.status().idle()).isEqualTo(1);
    }
}
