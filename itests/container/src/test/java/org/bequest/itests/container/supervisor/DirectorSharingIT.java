// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.supervisor.Crew.child;
import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_PRESENT;
import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_STARTED;
import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;
import static org.bequest.supervisor.SupervisorException.Problem.NOT_PARENT;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.bequest.process.ExitReason;
import org.bequest.process.StartFailedException;
import org.bequest.supervisor.ChildCount;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.Access;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** How directors share a table, D35 to D40 of the feature map. D35 (kinds of tables) has no counterpart: engines are. */
public class DirectorSharingIT extends SupervisorTest {
    private static final String FLOCK = "flock";

    private static SupervisorSpec sharing(String name, ChildSpec... children) {
        return SupervisorSpec.of(name).sharing(FLOCK).child(children);
    }

    private Object supervisorOf(String child) {
        Tuple row = bench.tables().open(FLOCK).get(child);
        return row == null ? null : row.get(ChildrenTable.SUPERVISOR);
    }

    private void stop(Pid supervisor) {
        end(supervisor, () -> bench.processes().exit(supervisor, ExitReason.SHUTDOWN));
    }

    @Test
    public void d36_aTableThatCannotHoldChildrenIsRefused() {
        bench.tables().create(TableSpec.of("a bag").type(TableType.BAG).access(Access.PUBLIC));
        bench.tables().create(TableSpec.of("protected"));

        for (String table : List.of("a bag", "protected")) {
            SupervisorSpec spec = SupervisorSpec.of("sup").sharing(table).child(child("a"));
            assertThatThrownBy(() -> bench.processes().spawn(spec.process()))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("'" + table + "'");
            assertThat(bench.tables().open(table).toList()).isEmpty();
        }
        assertThat(crew.diary()).isEmpty();
    }

    @Test
    public void d36_aTableThatFitsIsUsed_alsoIfItIsOrdered() {
        bench.tables().create(TableSpec.of(FLOCK).type(TableType.ORDERED_SET).access(Access.PUBLIC));

        Supervisor sup = start(sharing("sup", child("b"), child("a")));

        assertThat(sup.children()).extracting(child -> child.id()).containsExactly("a", "b");
    }

    @Test
    public void d36_whoeverDropsTheTable_endsItsSupervisorsAndTheirChildren() {
        Supervisor sup = start(sharing("sup", child("a"), child("b")));
        Pid pid = sup.pid();
        Pid a = pid(sup, "a");
        Pid b = pid(sup, "b");

        bench.tables().open(FLOCK).drop();
        bench.processes().exit(a, ExitReason.KILLED);

        Wait.until("the supervisor has ended", () -> !alive(pid));
        Wait.until("and so have its children", () -> !alive(a) && !alive(b));
    }

    @Test
    public void d36_groupsCannotShare_asTheirSiblingsAreNotAllTheirOwn() {
        for (Strategy strategy : List.of(Strategy.ONE_FOR_ALL, Strategy.REST_FOR_ONE)) {
            assertThat(refusal(() -> sharing("sup").strategy(strategy).check())).isEqualTo(BAD_SPEC);
        }
    }

    @Test
    public void d37_whatOneStartsAllSee_andOnlyTheOneThatHasItMayTouchIt() {
        Supervisor first = start(sharing("first", child("a")));
        Supervisor second = start(sharing("second"));
        Pid b = second.start(child("b")).orElseThrow();

        assertThat(pid(first, "b")).isEqualTo(b);
        assertThat(ChildrenTable.of(bench.tables(), FLOCK).pid("b")).contains(b);
        assertThat(first.children()).isEqualTo(second.children()).hasSize(2);
        assertThat(first.count()).isEqualTo(new ChildCount(2, 2, 0, 2));
        assertThat(first.spec("b")).isEqualTo(child("b"));
        assertThat(refusal(() -> first.start(child("b")))).isEqualTo(ALREADY_STARTED);
        assertThat(refusal(() -> first.terminate("b"))).isEqualTo(NOT_PARENT);
        assertThat(refusal(() -> first.terminateAndDelete("b"))).isEqualTo(NOT_PARENT);
        assertThat(refusal(() -> first.restart("b"))).isEqualTo(NOT_PARENT);
        assertThat(refusal(() -> first.release("b"))).isEqualTo(NOT_PARENT);
        assertThat(refusal(() -> first.move("b", "first"))).isEqualTo(NOT_PARENT);
        assertThat(alive(b)).isTrue();
    }

    // D24: in Director any director that shares the table may delete another one's stopped child.
    @Test
    public void d37_aStoppedChildIsStillItsSupervisors() {
        Supervisor first = start(sharing("first"));
        Supervisor second = start(sharing("second", child("b")));
        second.terminate("b");

        assertThat(refusal(() -> first.delete("b"))).isEqualTo(NOT_PARENT);
        assertThat(refusal(() -> first.restart("b"))).isEqualTo(NOT_PARENT);
        assertThat(refusal(() -> first.start(child("b")))).isEqualTo(ALREADY_PRESENT);
        second.delete("b");
        assertThat(first.start(child("b"))).isPresent();
    }

    // In Director a stopped child stays in the table although it was to be deleted.
    @Test
    public void d38_childrenThatAreNotKeptGoWithTheirSupervisor_alsoThoseThatAreDown() {
        Supervisor first = start(sharing("first", child("a"), child("down")));
        Supervisor second = start(sharing("second", child("b")));
        Pid a = pid(first, "a");
        first.terminate("down");

        stop(first.pid());

        assertThat(alive(a)).isFalse();
        assertThat(second.children()).extracting(child -> child.id()).containsExactly("b");
        assertThat(bench.tables().open(FLOCK).size()).isEqualTo(2);
    }

    // In Director a kept child stops, and stays without a process and a supervisor until somebody restarts it.
    @Test
    public void d38_childrenThatAreKeptGoOn_underExactlyOneOther() {
        Supervisor first =
                start(sharing("first", child("a").keep(true), child("down").keep(true)));
        Supervisor second = start(sharing("second"));
        Supervisor third = start(sharing("third"));
        Pid a = pid(first, "a");
        first.terminate("down");

        stop(first.pid());

        List<Object> others = Arrays.asList(second.pid(), third.pid()); // may be asked for null
        Wait.until(
                "others have them", () -> others.contains(supervisorOf("a")) && others.contains(supervisorOf("down")));
        assertThat(pid(second, "a")).isEqualTo(a);
        assertThat(alive(a)).isTrue();
        Supervisor owner = second.pid().equals(supervisorOf("a")) ? second : third;
        kill(a);
        follower(owner, "a", a);
        assertThat(crew.diary()).containsExactly("started a", "started down", "stopped down", "started a");
    }

    @Test
    public void d38_aKeptChildThatWaitsToBeRestartedIsRestartedByAnother() {
        ChildSpec kept = child("a").keep(true).plan(RestartPlan.after(Duration.ofSeconds(1)));
        Supervisor first = start(sharing("first", kept));
        Supervisor second = start(sharing("second"));
        Pid a = pid(first, "a");
        crew.crash(a);
        untilState(first, "a", State.RESTARTING);

        stop(first.pid());

        follower(second, "a", a);
        Wait.until("it is the other one's", () -> second.pid().equals(supervisorOf("a")));
        assertThat(second.restarts("a")).isEqualTo(1);
    }

    // In Director two survivors may both restart the child; there it takes a lost node, and mnesia.
    @Test
    public void d39_exactlyOneSurvivorTakesADeadOnesChildrenOver_withoutARestart() {
        Supervisor first = start(sharing("first", child("a"), child("b")));
        Supervisor second = start(sharing("second"));
        Supervisor third = start(sharing("third"));
        Map<String, Pid> pids = first.pids();

        kill(first.pid());

        List<Object> others = Arrays.asList(second.pid(), third.pid()); // may be asked for null
        Wait.until("others have them", () -> others.contains(supervisorOf("a")) && others.contains(supervisorOf("b")));
        assertThat(second.pids()).isEqualTo(pids);
        Supervisor owner = second.pid().equals(supervisorOf("a")) ? second : third;
        Supervisor stranger = owner == second ? third : second;
        assertThat(refusal(() -> stranger.terminate("a"))).isEqualTo(NOT_PARENT);
        kill(pids.get("a"));
        follower(owner, "a", pids.get("a"));
        assertThat(crew.diary()).containsExactly("started a", "started b", "started a");
    }

    @Test
    public void d40_supervisorsStartAndStopDifferentChildrenInParallel() {
        Supervisor first = start(sharing("first"));
        Supervisor second = start(sharing("second"));
        CountDownLatch gate = crew.waits("slow");

        var slow = Background.get(() -> first.start(child("slow")));
        Wait.until("it is being started", () -> crew.diary().contains("waiting slow"));
        assertThat(second.start(child("b"))).isPresent();
        second.terminateAndDelete("b");
        assertThat(slow).isNotDone();

        gate.countDown();
        assertThat(Wait.result(slow)).isPresent();
    }
}
