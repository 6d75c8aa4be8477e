// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.supervisor.Crew.child;
import static org.bequest.supervisor.SupervisorException.Problem.NOT_FOUND;
import static org.bequest.supervisor.SupervisorException.Problem.NOT_PARENT;
import static org.bequest.supervisor.SupervisorException.Problem.NO_PROCESS;

import java.time.Duration;
import java.util.Map;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.Table;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** Moving children between supervisors, and following changed specifications. */
public class MovesIT extends SupervisorTest {
    @Test
    public void aMovedChildIsTheSameProcess_andWhatIsKnownOfItGoesWithIt() {
        Supervisor from = start(SupervisorSpec.of("from").child(child("a"), child("b")));
        Supervisor to = start(SupervisorSpec.of("to").intensity(3, Duration.ofHours(1)));
        Pid first = pid(from, "a");
        crew.crash(first);
        Pid a = follower(from, "a", first);

        from.move("a", "to");

        assertThat(from.pids()).containsOnlyKeys("b");
        assertThat(to.pids()).isEqualTo(Map.of("a", a));
        assertThat(to.restarts("a")).isEqualTo(1);
        assertThat(refusal(() -> from.terminate("a"))).isEqualTo(NOT_FOUND);
        crew.crash(a);
        follower(to, "a", a);
        assertThat(to.restarts("a")).isEqualTo(2);
        assertThat(from.start(child("a"))).isPresent();
    }

    @Test
    public void aChildIsMovedWithinASharedTable() {
        Supervisor from = start(SupervisorSpec.of("from").sharing("flock").child(child("a")));
        Supervisor to = start(SupervisorSpec.of("to").sharing("flock"));
        Pid a = pid(from, "a");

        from.move("a", "to");

        assertThat(pid(to, "a")).isEqualTo(a);
        Table rows = bench.tables().open("flock");
        assertThat(rows.get("a").get(ChildrenTable.SUPERVISOR)).isEqualTo(to.pid());
        assertThat(refusal(() -> from.terminate("a"))).isEqualTo(NOT_PARENT);
        crew.crash(a);
        follower(to, "a", a);
    }

    @Test
    public void anUpdateWaitsForNoModule() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").strategy(Strategy.REST_FOR_ONE).child(child("a")));

        sup.update(SupervisorSpec.of("sup")
                .strategy(Strategy.REST_FOR_ONE)
                .child(child("a"), ChildSpec.of("late", "late"), child("b")));

        assertThat(state(sup, "late")).isEqualTo(State.STARTING);
        assertThat(sup.pid("b")).isEmpty();
    }

    @Test
    public void whatCannotBeMovedStays() {
        Supervisor from = start(SupervisorSpec.of("from").child(child("a"), child("down")));
        Supervisor to = start(SupervisorSpec.of("to").child(child("a")));
        Pid mine = pid(from, "a");
        Pid others = pid(to, "a");
        from.terminate("down");

        assertThat(refusal(() -> from.move("nobody", "to"))).isEqualTo(NOT_FOUND);
        assertThat(refusal(() -> from.move("down", "to"))).isEqualTo(NO_PROCESS);
        assertThat(refusal(() -> from.move("a", "from"))).isEqualTo(NOT_PARENT);
        assertThat(refusal(() -> from.move("a", "to"))).isEqualTo(NOT_PARENT);

        assertThat(pid(from, "a")).isEqualTo(mine);
        assertThat(state(from, "a")).isEqualTo(State.RUNNING);
        assertThat(pid(to, "a")).isEqualTo(others);
        crew.crash(mine);
        follower(from, "a", mine);
    }

    @Test
    public void aChildThatCrashesWhileNobodyTakesItStays_andIsRestarted() {
        Supervisor from = start(SupervisorSpec.of("from").child(child("a"), child("b")));
        Pid a = pid(from, "a");

        var moved = Background.run(() -> from.move("a", "nobody"));
        Wait.until("it is offered", () -> bench.tables().open(from.spec().table()).toList().stream()
                .anyMatch(row -> row.toString().contains("MOVING")));
        crew.crash(a);
        from.terminate("b"); // others are not kept waiting
        assertThat(moved).isNotDone();

        assertThat(Spawned.failure(moved)).isInstanceOf(SupervisorException.class);
        follower(from, "a", a);
        assertThat(from.restarts("a")).isEqualTo(1);
    }

    @Test
    public void onlyWhatHasChangedIsTouchedByAnUpdate() {
        SupervisorSpec before = SupervisorSpec.of("sup")
                .child(
                        child("same"),
                        child("gone"),
                        child("other"),
                        ChildSpec.of(SupervisorSpec.of("inner").child(child("x"))));
        Supervisor sup = start(before);
        sup.start(child("added"));
        Map<String, Pid> pids = sup.pids();
        Pid x = pid(bench.supervisor("inner"), "x");

        sup.update(SupervisorSpec.of("sup")
                .intensity(7, Duration.ofSeconds(7))
                .child(
                        child("new"),
                        ChildSpec.of("other", Crew.MODULE).argument("changed"),
                        ChildSpec.of(SupervisorSpec.of("inner").child(child("x"), child("y"))),
                        child("same")));

        assertThat(sup.children())
                .extracting(child -> child.id())
                .containsExactly("added", "same", "inner", "other", "new");
        for (String id : new String[] {"same", "added", "inner"}) {
            assertThat(pid(sup, id)).as(id).isEqualTo(pids.get(id));
        }
        assertThat(alive(pids.get("gone"))).isFalse();
        assertThat(alive(pids.get("other"))).isFalse();
        assertThat(crew.argument(pid(sup, "other"))).isEqualTo("changed");
        assertThat(state(sup, "new")).isEqualTo(State.RUNNING);
        assertThat(sup.spec().intensity()).isEqualTo(7);
        assertThat(sup.restarts("other")).isZero();
        Supervisor inner = bench.supervisor("inner");
        Wait.until("the inner one follows", () -> inner.pids().containsKey("y"));
        assertThat(pid(inner, "x")).isEqualTo(x);
    }

    @Test
    public void anUpdateHoldsForTheNextProcessOfTheSupervisor() {
        bench.root()
                .start(ChildSpec.of(SupervisorSpec.of("sup").child(child("a"))).plan(RestartPlan.immediately()));
        Supervisor sup = bench.supervisor("sup");
        SupervisorSpec next = SupervisorSpec.of("sup").child(child("a"), child("b"));
        sup.update(next);
        Map<String, Pid> pids = sup.pids();
        Pid before = sup.pid();

        kill(before);

        follower(bench.root(), "sup", before);
        assertThat(bench.supervisor("sup").spec()).isEqualTo(next);
        assertThat(bench.supervisor("sup").pids()).isEqualTo(pids).hasSize(2);
    }
}
