// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.supervisor.Crew.child;

import java.time.Duration;
import java.util.Map;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** Supervisors under supervisors. */
public class TreesIT extends SupervisorTest {
    private static final SupervisorSpec INNER =
            SupervisorSpec.of("inner").intensity(5, Duration.ofHours(1)).child(child("a"), child("b"));

    private static Pid of(Map<String, Pid> pids, String id) {
        Pid pid = pids.get(id);
        assertThat(pid).as(id).isNotNull();
        return pid;
    }

    @Test
    public void childrenOfAKilledSupervisorRunOn_andTheNextOneHasThem() {
        Supervisor top = start(SupervisorSpec.of("top").child(ChildSpec.of(INNER), child("sibling")));
        Supervisor inner = bench.supervisor("inner");
        Pid crashed = pid(inner, "a");
        crew.crash(crashed);
        follower(inner, "a", crashed);
        Map<String, Pid> pids = inner.pids();
        Pid sibling = pid(top, "sibling");
        Pid before = inner.pid();

        kill(before);

        follower(top, "inner", before);
        Supervisor next = bench.supervisor("inner");
        assertThat(next.pids()).isEqualTo(pids).hasSize(2);
        assertThat(pids.values()).allMatch(this::alive);
        assertThat(next.restarts("a")).isEqualTo(1);
        assertThat(pid(top, "sibling")).isEqualTo(sibling);
        kill(of(pids, "b"));
        follower(next, "b", of(pids, "b"));
    }

    @Test
    public void whatADeadSupervisorMissedIsMadeUpForByTheNextOne() {
        start(SupervisorSpec.of("top").child(ChildSpec.of(INNER)));
        Supervisor inner = bench.supervisor("inner");
        Map<String, Pid> pids = inner.pids();

        kill(inner.pid());
        kill(of(pids, "b"));

        Wait.until("b runs again", () -> bench.processes()
                .whereis("inner")
                .flatMap(any -> bench.supervisor("inner").pid("b"))
                .filter(now -> !now.equals(of(pids, "b")) && alive(now))
                .isPresent());
        Wait.until("and has started", () -> crew.diary().size() == 3); // it has its pid before
        assertThat(pid(bench.supervisor("inner"), "a")).isEqualTo(of(pids, "a"));
        assertThat(crew.diary()).containsExactly("started a", "started b", "started b");
    }

    @Test
    public void aTemporarySupervisorThatIsKilledLeavesNoOrphans() {
        Supervisor top =
                start(SupervisorSpec.of("top").child(ChildSpec.of(INNER).restart(Restart.TEMPORARY)));
        Map<String, Pid> pids = bench.supervisor("inner").pids();

        kill(pid(top, "inner"));

        Wait.until("it is forgotten", () -> top.children().isEmpty());
        assertThat(pids.values()).hasSize(2).noneMatch(this::alive);
        assertThat(crew.diary()).endsWith("stopped b", "stopped a");
        assertThat(bench.exists(INNER.table())).isFalse();
        assertThat(bench.processes().whereis("inner")).isEmpty();
    }

    @Test
    public void aSupervisorThatIsKilledByItsParentLeavesNoOrphans() {
        Supervisor top =
                start(SupervisorSpec.of("top").child(ChildSpec.of(INNER).shutdown(ChildSpec.KILL)));
        Map<String, Pid> pids = bench.supervisor("inner").pids();

        top.terminate("inner");

        assertThat(pids.values()).hasSize(2).noneMatch(this::alive);
        assertThat(bench.exists(INNER.table())).isFalse();
        assertThat(top.restart("inner")).isPresent();
        assertThat(bench.supervisor("inner").pids()).hasSize(2);
    }

    @Test
    public void aTreeStopsFromRightToLeft() {
        Supervisor top = start(SupervisorSpec.of("top").child(child("first"), ChildSpec.of(INNER), child("last")));
        Pid pid = top.pid();

        assertThat(end(pid, () -> bench.processes().exit(pid, ExitReason.SHUTDOWN)))
                .isEqualTo(ExitReason.SHUTDOWN);

        assertThat(crew.diary())
                .containsExactly(
                        "started first",
                        "started a",
                        "started b",
                        "started last",
                        "stopped last",
                        "stopped b",
                        "stopped a",
                        "stopped first");
        assertThat(bench.exists(INNER.table())).isFalse();
    }

    @Test
    public void aSupervisorThatGivesUpIsRestartedWithAllItsChildren() {
        SupervisorSpec fragile = INNER.intensity(0, Duration.ofHours(1));
        Supervisor top = start(SupervisorSpec.of("top").child(ChildSpec.of(fragile)));
        Map<String, Pid> pids = bench.supervisor("inner").pids();
        Pid before = pid(top, "inner");

        crew.crash(of(pids, "a"));

        follower(top, "inner", before);
        Map<String, Pid> now = bench.supervisor("inner").pids();
        assertThat(now).containsOnlyKeys("a", "b").doesNotContainValue(of(pids, "b"));
        assertThat(pids.values()).noneMatch(this::alive);
        assertThat(top.restarts("inner")).isEqualTo(1);
    }

    @Test
    public void aKilledSupervisorInAGroupIsRestartedWithThoseAfterIt_andItsChildrenRunOn() {
        Supervisor top = start(SupervisorSpec.of("top")
                .strategy(Strategy.REST_FOR_ONE)
                .child(child("first"), ChildSpec.of(INNER), child("last")));
        Map<String, Pid> pids = bench.supervisor("inner").pids();
        Pid first = pid(top, "first");
        Pid last = pid(top, "last");
        Pid before = pid(top, "inner");

        kill(before);

        follower(top, "inner", before);
        follower(top, "last", last);
        assertThat(pid(top, "first")).isEqualTo(first);
        assertThat(bench.supervisor("inner").pids()).isEqualTo(pids);
    }
}
