// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.supervisor.Crew.child;
import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_PRESENT;
import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_STARTED;
import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;
import static org.bequest.supervisor.SupervisorException.Problem.NOT_FOUND;
import static org.bequest.supervisor.SupervisorException.Problem.NO_PROCESS;
import static org.bequest.supervisor.SupervisorException.Problem.RESTARTING;
import static org.bequest.supervisor.SupervisorException.Problem.RUNNING;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessException;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.ChildCount;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildType;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What a director can be asked, D21 to D34 of the feature map. */
public class DirectorControlIT extends SupervisorTest {
    private static final RestartPlan LATER = RestartPlan.after(Duration.ofHours(1));

    private Supervisor supervisor() {
        return start(SupervisorSpec.of("sup").child(child("a"), child("b")));
    }

    private void waitForRestart(Supervisor sup, String id) {
        crew.crash(pid(sup, id));
        untilState(sup, id, State.RESTARTING);
    }

    @Test
    public void d21_restartIsForAChildThatIsDown_andDoesNotCount() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").child(child("a"), child("later").plan(LATER)));
        waitForRestart(sup, "later");

        assertThat(refusal(() -> sup.restart("a"))).isEqualTo(RUNNING);
        assertThat(refusal(() -> sup.restart("later"))).isEqualTo(RESTARTING);
        assertThat(refusal(() -> sup.restart("nobody"))).isEqualTo(NOT_FOUND);

        sup.terminate("a");
        assertThat(sup.restart("a")).isPresent().isEqualTo(sup.pid("a"));
        assertThat(sup.restarts("a")).isZero();
        crew.atStart("a", self -> self.exit(ExitReason.NORMAL));
        sup.terminate("a");
        assertThat(sup.restart("a")).isEmpty();
    }

    // Director answers not_parent for a child of its own that is stopped already.
    @Test
    public void d22_terminateStopsAChild_byIdOrPid_andDoesNothingIfItIsStopped() {
        Supervisor sup = supervisor();
        Pid a = pid(sup, "a");
        Pid b = pid(sup, "b");

        sup.terminate("a");
        sup.terminate(b);

        assertThat(alive(a)).isFalse();
        assertThat(alive(b)).isFalse();
        assertThat(state(sup, "a")).isEqualTo(State.DOWN);
        sup.terminate("a");
        assertThat(state(sup, "a")).isEqualTo(State.DOWN);
        assertThat(refusal(() -> sup.terminate("nobody"))).isEqualTo(NOT_FOUND);
        assertThat(refusal(() -> sup.terminate(b))).isEqualTo(NOT_FOUND);
        assertThat(crew.diary()).endsWith("stopped a", "stopped b");
    }

    // In Director one hung child blocks the director for ever.
    @Test
    public void d23_aChildThatDoesNotStopInItsTimeIsKilled_andNobodyElseWaits() {
        CountDownLatch hangs = new CountDownLatch(1);
        Supervisor sup =
                start(SupervisorSpec.of("sup").child(child("hung").shutdown(Duration.ofMillis(300)), child("b")));
        Pid hung = pid(sup, "hung");
        crew.tell(hung, self -> {
            hangs.countDown();
            new CountDownLatch(1).await();
        });
        Wait.until("it hangs", hangs);

        var stopped = Background.run(() -> sup.terminate("hung"));
        untilState(sup, "hung", State.STOPPING);
        sup.terminate("b");
        assertThat(sup.start(child("c"))).isPresent();

        Wait.result(stopped);
        assertThat(alive(hung)).isFalse();
        assertThat(state(sup, "hung")).isEqualTo(State.DOWN);
    }

    @Test
    public void d24_deleteIsForAChildThatIsDown() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").child(child("a"), child("later").plan(LATER)));
        waitForRestart(sup, "later");

        assertThat(refusal(() -> sup.delete("a"))).isEqualTo(RUNNING);
        assertThat(refusal(() -> sup.delete("later"))).isEqualTo(RESTARTING);
        assertThat(refusal(() -> sup.delete("nobody"))).isEqualTo(NOT_FOUND);
        assertThat(sup.children()).hasSize(2);

        sup.terminate("a");
        sup.delete("a");
        sup.terminate("later");
        sup.delete("later");
        assertThat(sup.children()).isEmpty();
    }

    @Test
    public void d25_terminateAndDeleteIsOneStep() {
        Supervisor sup = start(SupervisorSpec.of("sup")
                .child(child("a"), child("b"), child("later").plan(LATER)));
        Pid a = pid(sup, "a");
        waitForRestart(sup, "later");
        sup.terminate("b");

        sup.terminateAndDelete("a");
        sup.terminateAndDelete("b");
        sup.terminateAndDelete("later");

        assertThat(alive(a)).isFalse();
        assertThat(sup.children()).isEmpty();
        assertThat(refusal(() -> sup.terminateAndDelete("a"))).isEqualTo(NOT_FOUND);
    }

    // Director's read of the table tells undefined as if it were a pid.
    @Test
    public void d26_onlyARunningChildHasAPid_whetherTheSupervisorIsAskedOrTheTable() {
        Supervisor sup = start(SupervisorSpec.of("sup")
                .child(child("a"), child("b"), child("later").plan(LATER)));
        ChildrenTable table = ChildrenTable.of(bench.tables(), sup.spec().table());
        waitForRestart(sup, "later");
        sup.terminate("b");

        assertThat(sup.pid("a")).isPresent().isEqualTo(table.pid("a"));
        assertThat(sup.pid("b")).isEmpty();
        assertThat(table.pid("b")).isEmpty();
        assertThat(sup.pid("later")).isEmpty();
        assertThat(table.pid("later")).isEmpty();
        assertThat(table.pid("nobody")).isEmpty();
        assertThat(refusal(() -> sup.pid("nobody"))).isEqualTo(NOT_FOUND);
        assertThat(sup.pids()).isEqualTo(Map.of("a", pid(sup, "a"))).isEqualTo(table.pids());
    }

    @Test
    public void d27_theTableIsRead_whileTheSupervisorsCodeIsAway() throws Exception {
        Supervisor sup = supervisor();
        ChildrenTable table = ChildrenTable.of(bench.tables(), sup.spec().table());
        Map<String, Pid> pids = sup.pids();
        Bundle supervisors = bench.shipped("org.bequest.supervisors");

        supervisors.stop();
        try {
            assertThat(table.pid("a")).contains(pids.get("a"));
            assertThat(pids.values()).contains(table.anyPid().orElseThrow());
            assertThat(pids.values()).allMatch(this::alive);
        } finally {
            supervisors.start();
        }

        assertThat(sup.pids()).isEqualTo(pids);
        sup.terminate("a");
        sup.terminate("b");
        assertThat(table.anyPid()).isEmpty();
    }

    @Test
    public void d28_childrenAreCounted() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").child(child("a"), child("b"), ChildSpec.of(SupervisorSpec.of("inner"))));
        assertThat(sup.count()).isEqualTo(new ChildCount(3, 3, 1, 2));

        sup.terminate("a");

        assertThat(sup.count()).isEqualTo(new ChildCount(3, 2, 1, 2));
        sup.delete("a");
        assertThat(sup.count()).isEqualTo(new ChildCount(2, 2, 1, 1));
    }

    @Test
    public void d29_childrenAreListed_theLastFirst_andFoundByIdAndPid() {
        ChildSpec b = child("b").modules(List.of("m1", "m2"));
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a"), b, ChildSpec.of(SupervisorSpec.of("inner"))));
        sup.terminate("a");

        assertThat(sup.children())
                .containsExactly(
                        new ChildInfo(
                                "inner",
                                pid(sup, "inner"),
                                State.RUNNING,
                                ChildType.SUPERVISOR,
                                List.of(Supervisor.MODULE),
                                0),
                        new ChildInfo("b", pid(sup, "b"), State.RUNNING, ChildType.WORKER, List.of("m1", "m2"), 0),
                        new ChildInfo("a", null, State.DOWN, ChildType.WORKER, List.of(Crew.MODULE), 0));
        assertThat(sup.spec("b")).isEqualTo(b).isEqualTo(sup.spec(pid(sup, "b")));
        assertThat(refusal(() -> sup.spec("nobody"))).isEqualTo(NOT_FOUND);
        assertThat(refusal(() -> sup.spec(sup.pid()))).isEqualTo(NOT_FOUND);
        assertThat(refusal(() -> sup.restarts("nobody"))).isEqualTo(NOT_FOUND);
    }

    // Director refuses a second child of the same start; ours may be alike, as children of other supervisors may.
    @Test
    public void d30_aRunningProcessIsAdopted_andRestartedFromThenOn() {
        Supervisor sup = supervisor();
        Pid stray = bench.processes().spawn(ProcessSpec.of(Crew.MODULE).argument("stray"));
        Pid dead = bench.processes().spawn(ProcessSpec.of(Crew.MODULE).argument("dead"));
        kill(dead);

        assertThat(refusal(() -> sup.adopt(dead, child("c")))).isEqualTo(NO_PROCESS);
        assertThat(refusal(() -> sup.adopt(sup.pid(), child("c")))).isEqualTo(NO_PROCESS);
        assertThat(refusal(() -> sup.adopt(pid(sup, "a"), child("c")))).isEqualTo(ALREADY_STARTED);
        assertThat(refusal(() -> sup.adopt(stray, child("a")))).isEqualTo(ALREADY_STARTED);
        sup.terminate("b");
        assertThat(refusal(() -> sup.adopt(stray, child("b")))).isEqualTo(ALREADY_PRESENT);
        assertThat(sup.children()).hasSize(2);

        sup.adopt(stray, child("c"));

        assertThat(pid(sup, "c")).isEqualTo(stray);
        assertThat(sup.restarts("c")).isZero();
        assertThat(sup.children().get(0).id()).isEqualTo("c");
        crew.crash(stray);
        assertThat(crew.argument(follower(sup, "c", stray))).isEqualTo("c");
        assertThat(sup.restarts("c")).isEqualTo(1);
    }

    @Test
    public void d31_aReleasedChildLivesOn_andCanBeAdoptedElsewhere() {
        Supervisor sup = supervisor();
        Supervisor other = start(SupervisorSpec.of("other"));
        Pid a = pid(sup, "a");

        assertThat(sup.release("a")).isEqualTo(a);
        assertThat(alive(a)).isTrue();
        assertThat(sup.pids()).containsOnlyKeys("b");
        other.adopt(a, child("a"));
        Pid first = sup.pid();
        end(first, () -> bench.processes().exit(first, ExitReason.SHUTDOWN));

        assertThat(alive(a)).isTrue();
        kill(a);
        follower(other, "a", a);
    }

    // Director forgets running children and their counts, and does not store the new defaults.
    @Test
    public void d32_changedDefaultsHoldFromTheNextStart_andForgetNothing() {
        Supervisor sup = start(SupervisorSpec.of("sup")
                .plan(RestartPlan.immediately())
                .defaults(ChildSpec.defaults().module(Crew.MODULE).argument(Map.of("x", 1)))
                .child(ChildSpec.of("a").append(true).argument(Map.of("y", 2))));
        Pid first = pid(sup, "a");
        crew.crash(first);
        Pid a = follower(sup, "a", first);

        sup.defaults(ChildSpec.defaults().module(Crew.MODULE).argument(Map.of("x", 3)));

        assertThat(pid(sup, "a")).isEqualTo(a);
        assertThat(sup.restarts("a")).isEqualTo(1);
        assertThat(crew.argument(a)).isEqualTo(Map.of("x", 1L, "y", 2L));
        assertThat(sup.spec("a").argument()).isEqualTo(Map.of("x", 3L, "y", 2L));
        assertThat(sup.spec().defaults().argument()).isEqualTo(Map.of("x", 3L));
        crew.crash(a);
        assertThat(crew.argument(follower(sup, "a", a))).isEqualTo(Map.of("x", 3L, "y", 2L));
        Pid b = sup.start(ChildSpec.of("b").append(true)).orElseThrow();
        assertThat(crew.argument(b)).isEqualTo(Map.of("x", 3L));
    }

    // Director's terminate callback may change the reason; a supervisor of ours has no code of a plugin to ask.
    @Test
    public void d33_stopEndsTheChildrenOneByOne_theLastFirst() {
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a"), child("b"), child("c")));

        Pid pid = sup.pid();
        ExitReason reason = end(pid, () -> bench.processes().exit(pid, new ExitReason.Shutdown("maintenance")));

        assertThat(reason).isEqualTo(new ExitReason.Shutdown("maintenance"));
        assertThat(crew.diary())
                .containsExactly("started a", "started b", "started c", "stopped c", "stopped b", "stopped a");
        assertThat(bench.exists("bequest.supervisor.sup")).isFalse();
    }

    @Test
    public void d34_aChangedSpecificationKeepsLivePids_andAWrongOneChangesNothing() {
        Supervisor sup = supervisor();
        Map<String, Pid> pids = sup.pids();

        assertThat(refusal(() -> sup.update(SupervisorSpec.of("sup").child(child("a"), child("a")))))
                .isEqualTo(BAD_SPEC);
        assertThat(sup.spec()).isEqualTo(SupervisorSpec.of("sup").child(child("a"), child("b")));

        ChildSpec longer = child("a").shutdown(Duration.ofSeconds(9));
        sup.update(SupervisorSpec.of("sup").child(longer, child("b")));
        assertThat(sup.pids()).isEqualTo(pids);
        assertThat(sup.spec("a")).isEqualTo(longer);
    }

    @Test
    public void d34_childThatIsDeclaredAgainWhileItStops_isStartedAgain() {
        SupervisorSpec with = SupervisorSpec.of("sup").child(child("a").shutdown(Wait.LIMIT));
        Supervisor sup = start(with);
        Pid before = pid(sup, "a");
        CountDownLatch busy = new CountDownLatch(1);
        crew.tell(before, self -> busy.await());
        CompletableFuture<Void> without = Background.run(() -> sup.update(with.children(List.of())));
        untilState(sup, "a", State.STOPPING);

        CompletableFuture<Void> again = Background.run(() -> sup.update(with));
        Wait.until("it is declared", () -> sup.spec().equals(with));
        busy.countDown();

        Wait.result(without);
        Wait.result(again);
        assertThat(follower(sup, "a", before)).isNotEqualTo(before);
    }

    @Test
    public void d34_whatIsNotUnderstoodIsRefusedOrPassedOver() {
        Supervisor sup = supervisor();
        Pid pid = sup.pid();

        assertThatThrownBy(() -> bench.processes().call(pid, "what?", Wait.LIMIT))
                .isInstanceOf(ProcessException.class);
        bench.processes().cast(pid, "what?");
        bench.processes().cast(pid, Tuple.of("what", "is", "that"));
        bench.processes().cast(pid, Tuple.of("exit"));
        bench.processes().cast(pid, Tuple.of("taken", 1L));

        assertThat(sup.pids().keySet()).isEqualTo(Set.of("a", "b"));
        assertThat(sup.pid()).isEqualTo(pid);
    }
}
