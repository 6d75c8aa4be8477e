// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.supervisor.Crew.child;
import static org.bequest.supervisor.RestartPlan.after;
import static org.bequest.supervisor.RestartPlan.backoff;
import static org.bequest.supervisor.RestartPlan.byReason;
import static org.bequest.supervisor.RestartPlan.delete;
import static org.bequest.supervisor.RestartPlan.immediately;
import static org.bequest.supervisor.RestartPlan.named;
import static org.bequest.supervisor.RestartPlan.stop;
import static org.bequest.supervisor.RestartPlan.upTo;
import static org.bequest.supervisor.RestartPlan.waitForOperator;
import static org.bequest.supervisor.SupervisorException.Problem.NOT_FOUND;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.Table;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** What Director does when a child ends, D12 to D20 of the feature map. D20 (silent logs) has no counterpart. */
public class DirectorCrashIT extends SupervisorTest {
    private Supervisor supervisor(RestartPlan plan) {
        return start(SupervisorSpec.of("sup").plan(plan).child(child("a"), child("b")));
    }

    @Test
    public void d12_exitsAreCountedFromOne_andNeverForgotten() {
        Supervisor sup =
                supervisor(backoff(Duration.ofMillis(1), Duration.ofMillis(1)).quiet(Duration.ofMillis(1)));
        assertThat(sup.restarts("a")).isZero();

        Pid pid = pid(sup, "a");
        for (int i = 1; i <= 5; i++) {
            crew.crash(pid);
            pid = follower(sup, "a", pid);
            assertThat(sup.restarts("a")).isEqualTo(i);
        }
        assertThat(sup.restarts("b")).isZero();
    }

    @Test
    public void d13_restartIsImmediate_andAFailedOneIsOneMoreExit() {
        Supervisor sup = supervisor(immediately());
        Pid before = pid(sup, "a");
        AtomicInteger attempts = new AtomicInteger();
        crew.atStart("a", self -> {
            if (attempts.incrementAndGet() < 4) {
                throw new IllegalStateException("not yet");
            }
        });

        crew.crash(before);

        follower(sup, "a", before);
        assertThat(attempts).hasValue(4);
        assertThat(sup.restarts("a")).isEqualTo(4);
    }

    @Test
    public void d13_aRestartAfterADelayIsSeenInTheTableMeanwhile() {
        Supervisor sup = supervisor(after(Duration.ofHours(1)));

        crew.crash(pid(sup, "a"));

        untilState(sup, "a", State.RESTARTING);
        assertThat(sup.pid("a")).isEmpty();
        assertThat(sup.pids()).containsOnlyKeys("b");
    }

    @Test
    public void d14_waitLeavesTheChildWithoutAProcess_untilSomebodyRestartsIt() {
        Supervisor sup = supervisor(waitForOperator());

        crew.crash(pid(sup, "a"));

        untilState(sup, "a", State.DOWN);
        assertThat(sup.restarts("a")).isEqualTo(1);
        assertThat(sup.restart("a")).isPresent();
        assertThat(sup.restarts("a")).isEqualTo(1);
    }

    @Test
    public void d14_deleteForgetsTheChild() {
        Supervisor sup = supervisor(delete());

        crew.crash(pid(sup, "a"));

        Wait.until("a is forgotten", () -> sup.children().size() == 1);
        assertThat(refusal(() -> sup.restart("a"))).isEqualTo(NOT_FOUND);
        assertThat(sup.start(child("a"))).isPresent();
    }

    @Test
    public void d14_stopEndsTheSupervisorWithTheChildsReason() {
        Supervisor sup = supervisor(stop());
        Pid a = pid(sup, "a");
        Pid b = pid(sup, "b");

        ExitReason reason = end(sup.pid(), () -> crew.crash(a));

        assertThat(reason).isInstanceOfSatisfying(ExitReason.Crashed.class, crashed -> assertThat(crashed.description())
                .contains("as asked"));
        assertThat(alive(b)).isFalse();
    }

    @Test
    public void d14_stopEndsTheSupervisorWithAReasonOfItsOwn() {
        Supervisor sup = supervisor(stop("enough"));
        Pid a = pid(sup, "a");

        assertThat(end(sup.pid(), () -> crew.crash(a))).isEqualTo(new ExitReason.Shutdown("enough"));
    }

    @Test
    public void d15_theSamplePolicyCanBeSaid() {
        Supervisor sup = supervisor(
                byReason(upTo(2, immediately(), stop("too often"))).when(RestartPlan.Reason.NORMAL, delete()));
        crew.leave(pid(sup, "b"), ExitReason.NORMAL);
        Wait.until("b is forgotten", () -> sup.children().size() == 1);
        Pid pid = pid(sup, "a");
        for (int i = 0; i < 2; i++) {
            // Of this the sample's plan and its transcript disagree; a shutdown that was not ours is an exit like
            // others.
            crew.leave(pid, ExitReason.SHUTDOWN);
            pid = follower(sup, "a", pid);
        }
        Pid last = pid;

        assertThat(end(sup.pid(), () -> crew.crash(last))).isEqualTo(new ExitReason.Shutdown("too often"));
    }

    @Test
    public void d16_aWorkerThatEndsNormallyLeavesTheTable() {
        Supervisor sup = supervisor(byReason(immediately()).when(RestartPlan.Reason.NORMAL, delete()));
        ChildrenTable table = ChildrenTable.of(bench.tables(), sup.spec().table());
        assertThat(table.pids()).hasSize(2);

        crew.leave(pid(sup, "a"), ExitReason.NORMAL);
        crew.leave(pid(sup, "b"), ExitReason.NORMAL);

        Wait.until("the table is empty", () -> table.children().isEmpty());
        assertThat(table.pid("a")).isEmpty();
        assertThat(table.has("a")).isFalse();
        assertThat(table.anyPid()).isEmpty();
    }

    // Director calls handle_start, whose bad return ends the director; ours writes a row, which nobody can refuse.
    @Test
    public void d17_everyStartIsSeenInTheTable() {
        Supervisor sup = supervisor(immediately());
        Table rows = bench.tables().open(sup.spec().table());
        Pid before = pid(sup, "a");

        crew.crash(before);

        Pid now = follower(sup, "a", before);
        Tuple row = rows.get("a");
        assertThat(row.get(ChildrenTable.PID)).isEqualTo(now);
        assertThat(row.get(ChildrenTable.STATE)).isEqualTo("running");
        assertThat(row.get(ChildrenTable.RESTARTS)).isEqualTo(1L);
        assertThat(row.get(ChildrenTable.SUPERVISOR)).isEqualTo(sup.pid());
    }

    // In Director a callback that crashes takes the director with it.
    @Test
    public void d18_aPlanThatIsNotThereDoesNotEndTheSupervisor() {
        Supervisor sup = supervisor(named("nobody's"));
        Pid supervisor = sup.pid();
        Pid before = pid(sup, "a");
        Pid b = pid(sup, "b");

        crew.crash(before);

        follower(sup, "a", before);
        assertThat(sup.pid()).isEqualTo(supervisor);
        assertThat(pid(sup, "b")).isEqualTo(b);
    }

    @Test
    public void d19_theEndOfAProcessThatIsNoChildIsPassedOver() {
        Supervisor sup = supervisor(stop("it was heard"));
        Pid released = sup.release("a");

        kill(released);
        bench.processes().exit(sup.pid(), ExitReason.NORMAL);

        assertThat(sup.children()).hasSize(1); // handled after the other two
        assertThat(alive(sup.pid())).isTrue();
    }
}
