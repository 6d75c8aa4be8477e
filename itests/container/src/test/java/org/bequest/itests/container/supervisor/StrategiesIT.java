// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** The four strategies, as they are seen from outside. */
public class StrategiesIT extends ContainerTest {
    @Test
    public void oneForOneRestartsTheOneThatCrashed() throws Exception {
        bench.start(Bench.puppets("puppet", "1.0.0"));
        SupervisorSpec spec = SupervisorSpec.of("sup")
                .intensity(3, Duration.ofSeconds(60))
                .child(ChildSpec.of("a", "puppet"), ChildSpec.of("b", "puppet"));
        Pid pid = bench.processes().spawn(spec.process());
        Supervisor sup = bench.supervisor("sup");
        assertThat(sup.children()).extracting(ChildInfo::id).containsExactly("b", "a");
        Pid a = sup.pid("a").orElseThrow();
        Pid b = sup.pid("b").orElseThrow();
        bench.processes().exit(a, ExitReason.KILLED);
        Wait.until(
                "a is restarted",
                () -> sup.pid("a").filter(now -> !now.equals(a)).isPresent()
                        && sup.children().stream().allMatch(child -> child.state() == ChildInfo.State.RUNNING));
        assertThat(sup.pid("b")).contains(b);
        assertThat(sup.restarts("a")).isEqualTo(1);
        assertThat(sup.start(ChildSpec.of("c", "puppet"))).isPresent();
        assertThat(catchThrowableOfType(SupervisorException.class, () -> sup.start(ChildSpec.of("c", "puppet")))
                        .problem())
                .isEqualTo(SupervisorException.Problem.ALREADY_STARTED);
        sup.terminate("c");
        assertThat(sup.pid("c")).isEmpty();
        sup.delete("c");
        bench.processes().exit(pid, ExitReason.SHUTDOWN);
        Wait.until("it has ended", () -> !bench.processes().isAlive(pid));
        assertThat(bench.processes().isAlive(b)).isFalse();
    }

    @Test
    public void oneForAllRestartsAll() throws Exception {
        bench.start(Bench.puppets("puppet", "1.0.0"));
        SupervisorSpec spec = SupervisorSpec.of("sup")
                .strategy(Strategy.ONE_FOR_ALL)
                .child(ChildSpec.of("a", "puppet"), ChildSpec.of("b", "puppet"));
        bench.processes().spawn(spec.process());
        Supervisor sup = bench.supervisor("sup");
        List<Pid> before = List.copyOf(sup.pids().values());
        bench.processes().exit(sup.pid("b").orElseThrow(), ExitReason.KILLED);
        Wait.until(
                "both are restarted",
                () -> sup.pids().size() == 2 && sup.pids().values().stream().noneMatch(before::contains));
    }

    @Test
    public void aTemporaryChildThatEndsBeforeItsTurnToBeStopped_isForgotten() throws Exception {
        bench.start(Bench.puppets("puppet", "1.0.0"));
        SupervisorSpec spec = SupervisorSpec.of("sup")
                .strategy(Strategy.ONE_FOR_ALL)
                .child(
                        ChildSpec.of("temporary", "puppet").restart(Restart.TEMPORARY),
                        ChildSpec.of("deaf", "puppet").shutdown(ChildSpec.INFINITY),
                        ChildSpec.of("crashing", "puppet"));
        bench.processes().spawn(spec.process());
        Supervisor sup = bench.supervisor("sup");
        Pid temporary = sup.pid("temporary").orElseThrow();
        Pid deaf = sup.pid("deaf").orElseThrow();
        new Spawned(deaf, bench.processes()).runs(self -> self.trapExits(true));

        bench.processes().exit(sup.pid("crashing").orElseThrow(), ExitReason.KILLED);
        Wait.until("the last of the others is told to stop", () -> sup.children().stream()
                .anyMatch(child -> child.state() == ChildInfo.State.STOPPING));
        bench.processes().exit(temporary, ExitReason.KILLED);
        Wait.until(
                "the supervisor has heard of the other one's end",
                () -> sup.children().size() == 2);
        bench.processes().exit(deaf, ExitReason.KILLED);

        Wait.until(
                "the others run again",
                () -> sup.pids().size() == 2 && !sup.pids().containsValue(deaf));
        assertThat(sup.pids()).containsOnlyKeys("deaf", "crashing");
    }

    @Test
    public void aSupervisorThatIsKilledIsFollowedByOneThatKnowsItsChildren() throws Exception {
        bench.start(Bench.puppets("puppet", "1.0.0"));
        SupervisorSpec spec = SupervisorSpec.of("inner").child(ChildSpec.of("a", "puppet"));
        bench.root().start(ChildSpec.of(spec));
        Supervisor sup = bench.supervisor("inner");
        Pid before = sup.pid();
        Pid a = sup.pid("a").orElseThrow();
        bench.processes().exit(before, ExitReason.KILLED);
        Wait.until("there is another one", () -> bench.processes()
                .whereis("inner")
                .filter(now -> !now.equals(before))
                .isPresent());
        Wait.until("it knows its child", () -> bench.supervisor("inner").pids().containsValue(a));
        bench.root().terminateAndDelete("inner");
        assertThat(bench.processes().isAlive(a)).isFalse();
    }
}
