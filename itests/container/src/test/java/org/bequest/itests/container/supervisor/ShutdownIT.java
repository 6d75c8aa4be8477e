// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.supervisor.Crew.child;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** How children are stopped, and when a supervisor gives up. */
public class ShutdownIT extends SupervisorTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private void deaf(String name) {
        crew.atStart(name, self -> self.trapExits(true));
    }

    private Pid hang(Pid pid) {
        CountDownLatch hangs = new CountDownLatch(1);
        crew.tell(pid, self -> {
            hangs.countDown();
            new CountDownLatch(1).await();
        });
        Wait.until("it hangs", hangs);
        return pid;
    }

    @Test
    public void aChildThatDoesNotListenIsKilled_butNotBeforeItsTimeIsOver() {
        deaf("a");
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a").shutdown(SHORT)));
        Pid a = pid(sup, "a");
        var exited = bench.processes().exited(a);

        long begin = System.nanoTime();
        sup.terminate("a");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT);
        assertThat(Wait.result(exited)).isEqualTo(ExitReason.KILLED);
        assertThat(state(sup, "a")).isEqualTo(State.DOWN);
    }

    @Test
    public void aChildThatHangsInAHandlerIsKilledWhenItsSupervisorEnds_andTheOthersStopInOrder() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").child(child("a"), child("hung").shutdown(SHORT), child("c")));
        Pid hung = hang(pid(sup, "hung"));
        Pid pid = sup.pid();
        var exited = bench.processes().exited(hung);

        assertThat(end(pid, () -> bench.processes().exit(pid, ExitReason.SHUTDOWN)))
                .isEqualTo(ExitReason.SHUTDOWN);

        assertThat(Wait.result(exited)).isEqualTo(ExitReason.KILLED);
        assertThat(crew.diary()).endsWith("stopped c", "stopped a");
    }

    @Test
    public void aChildOfKillIsNotAskedFirst() {
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a").shutdown(ChildSpec.KILL)));
        var exited = bench.processes().exited(pid(sup, "a"));

        sup.terminate("a");

        assertThat(Wait.result(exited)).isEqualTo(ExitReason.KILLED);
        assertThat(crew.diary()).containsExactly("started a");
    }

    @Test
    public void aChildOfInfinityIsWaitedFor_andOthersAreNot() {
        deaf("a");
        Supervisor sup = start(SupervisorSpec.of("sup")
                .child(child("a").shutdown(ChildSpec.INFINITY), child("b").shutdown(SHORT)));
        deaf("b");
        Pid a = pid(sup, "a");

        var stopped = Background.run(() -> sup.terminate("a"));
        untilState(sup, "a", State.STOPPING);
        sup.terminate("b");
        sup.restart("b");
        sup.terminate("b"); // takes the short time, in which a would have been killed, too
        assertThat(stopped).isNotDone();
        assertThat(alive(a)).isTrue();

        crew.leave(a, ExitReason.NORMAL);
        Wait.result(stopped);
        assertThat(state(sup, "a")).isEqualTo(State.DOWN);
    }

    @Test
    public void aSlowStartOfOneChildKeepsNoCallWaitingThatConcernsOthers() {
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a")));
        CountDownLatch gate = crew.waits("slow");
        var slow = Background.get(() -> sup.start(child("slow")));
        Wait.until("it is being started", () -> crew.diary().contains("waiting slow"));

        sup.terminate("a");
        assertThat(sup.restart("a")).isPresent();
        assertThat(sup.start(child("c"))).isPresent();
        sup.terminateAndDelete("c");
        assertThat(state(sup, "slow")).isEqualTo(State.STARTING);
        assertThat(slow).isNotDone();

        gate.countDown();
        assertThat(Wait.result(slow)).isPresent();
    }

    @Test
    public void aSupervisorStopsWhileAChildStarts() {
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a")));
        crew.waits("slow");
        var slow = Background.get(() -> sup.start(child("slow").shutdown(SHORT)));
        Wait.until("it is being started", () -> crew.diary().contains("waiting slow"));
        Pid a = pid(sup, "a");
        Pid pid = sup.pid();

        end(pid, () -> bench.processes().exit(pid, ExitReason.SHUTDOWN));

        Wait.until("the call has failed", slow::isDone);
        assertThat(slow).isCompletedExceptionally();
        assertThat(alive(a)).isFalse();
        assertThat(bench.exists("bequest.supervisor.sup")).isFalse();
    }

    @Test
    public void oneRestartTooManyWithinThePeriodEndsTheSupervisorAndItsChildren() {
        Supervisor sup = start(SupervisorSpec.of("sup")
                .intensity(2, Duration.ofHours(1))
                .child(child("a"), child("b"), child("c").restart(Restart.TEMPORARY)));
        Pid b = pid(sup, "b");
        Pid pid = sup.pid();
        Pid a = pid(sup, "a");
        for (int i = 0; i < 2; i++) {
            crew.crash(a);
            a = follower(sup, "a", a);
        }
        crew.crash(pid(sup, "c"));
        Wait.until("c is gone, which does not count", () -> sup.children().size() == 2);
        assertThat(alive(pid)).isTrue();
        Pid last = a;

        assertThat(end(pid, () -> crew.crash(last))).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(alive(b)).isFalse();
        assertThat(crew.diary()).endsWith("stopped b");
    }

    @Test
    public void restartsThatAreOlderThanThePeriodDoNotCountAnyMore() {
        Duration period = Duration.ofMillis(200);
        Supervisor sup = start(SupervisorSpec.of("sup").intensity(1, period).child(child("a")));
        Pid a = pid(sup, "a");
        for (int i = 1; i <= 5; i++) {
            crew.crash(a);
            a = follower(sup, "a", a);
            long restarted = System.nanoTime();
            Wait.until("the period is over", () -> System.nanoTime() - restarted > 2 * period.toNanos());
        }
        assertThat(sup.restarts("a")).isEqualTo(5);
    }

    @Test
    public void aStartThatFailsAgainAndAgainIsTooMany() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").intensity(3, Duration.ofHours(1)).child(child("a")));
        Pid a = pid(sup, "a");
        Pid pid = sup.pid();
        crew.fails("a");

        assertThat(end(pid, () -> crew.crash(a))).isEqualTo(ExitReason.SHUTDOWN);
    }

    @Test
    public void restartsCountOn_whenTheSupervisorIsKilledBetween() {
        SupervisorSpec spec =
                SupervisorSpec.of("sup").intensity(2, Duration.ofHours(1)).child(child("a"));
        bench.root().start(ChildSpec.of(spec).restart(Restart.TRANSIENT));
        Supervisor sup = bench.supervisor("sup");
        Pid a = pid(sup, "a");
        for (int i = 0; i < 2; i++) {
            crew.crash(a);
            a = follower(bench.supervisor("sup"), "a", a);
        }
        Pid before = sup.pid();
        kill(before);
        follower(bench.root(), "sup", before);
        Supervisor next = bench.supervisor("sup");
        assertThat(pid(next, "a")).isEqualTo(a);
        assertThat(next.restarts("a")).isEqualTo(2);
        Pid pid = next.pid();
        Pid last = a;

        assertThat(end(pid, () -> crew.crash(last))).isEqualTo(ExitReason.SHUTDOWN);
    }
}
