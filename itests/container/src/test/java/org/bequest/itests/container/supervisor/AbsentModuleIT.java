// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.supervisor.Crew.child;

import java.time.Duration;
import org.bequest.itests.container.kit.Bench;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** Children whose module is not there. */
public class AbsentModuleIT extends SupervisorTest {
    private static final Duration NEVER_AGAIN = Duration.ofHours(1);
    private static final ChildSpec LATE = ChildSpec.of("late", "late");

    @Test
    public void aChildWithoutModuleWaits_andKeepsNobodyWaiting_norCounts() throws Exception {
        Supervisor sup =
                start(SupervisorSpec.of("sup").intensity(0, NEVER_AGAIN).child(child("a"), LATE, child("b")));

        assertThat(crew.diary()).containsExactly("started a", "started b");
        assertThat(state(sup, "late")).isEqualTo(State.STARTING);
        Pid late = pid(sup, "late");

        bench.start(Bench.puppets("late", "1.0.0"));

        untilState(sup, "late", State.RUNNING);
        assertThat(pid(sup, "late")).isEqualTo(late);
        assertThat(sup.restarts("late")).isZero();
    }

    @Test
    public void startAnswersThePidOfAChildThatWaits() throws Exception {
        Supervisor sup = start(SupervisorSpec.of("sup"));

        Pid late = sup.start(LATE).orElseThrow();

        assertThat(state(sup, "late")).isEqualTo(State.STARTING);
        bench.start(Bench.puppets("late", "1.0.0"));
        untilState(sup, "late", State.RUNNING);
        assertThat(pid(sup, "late")).isEqualTo(late);
    }

    @Test
    public void thoseAfterItWait_whereTheOrderCounts() throws Exception {
        for (Strategy strategy : new Strategy[] {Strategy.REST_FOR_ONE, Strategy.ONE_FOR_ALL}) {
            String id = strategy.name();
            Supervisor sup = start(SupervisorSpec.of(id)
                    .strategy(strategy)
                    .child(child("a" + id), ChildSpec.of("late", id), child("b" + id)));
            assertThat(state(sup, "a" + id)).isEqualTo(State.RUNNING);
            assertThat(state(sup, "late")).isEqualTo(State.STARTING);
            assertThat(sup.pid("b" + id)).isEmpty();
            assertThat(crew.diary()).doesNotContain("started b" + id);

            bench.start(Bench.puppets(id, "1.0.0"));

            untilState(sup, "b" + id, State.RUNNING);
            assertThat(state(sup, "late")).isEqualTo(State.RUNNING);
        }
    }

    @Test
    public void aChildThatWaitsInAGroupCanBeTerminated_andThoseAfterItStart() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").strategy(Strategy.REST_FOR_ONE).child(child("a"), LATE, child("b")));
        assertThat(sup.pid("b")).isEmpty();

        sup.terminate("late");

        untilState(sup, "b", State.RUNNING);
        assertThat(state(sup, "late")).isEqualTo(State.DOWN);
    }

    @Test
    public void aSupervisorWithAChildThatWaitsStops() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").strategy(Strategy.REST_FOR_ONE).child(child("a"), LATE, child("b")));
        Pid late = pid(sup, "late");
        Pid pid = sup.pid();

        end(pid, () -> bench.processes().exit(pid, ExitReason.SHUTDOWN));

        assertThat(alive(late)).isFalse();
        assertThat(crew.diary()).containsExactly("started a", "stopped a");
    }

    @Test
    public void afterItsLimitThatIsAFailureLikeOthers() {
        Supervisor sup = start(SupervisorSpec.of("sup").intensity(1, NEVER_AGAIN));
        Pid pid = sup.pid();
        var exited = bench.processes().exited(pid);

        Pid late = sup.start(LATE.absenceLimit(Duration.ofMillis(200))).orElseThrow();

        assertThat(Wait.result(bench.processes().exited(late)))
                .isIn(
                        new ExitReason.ModuleAbsent("late", Duration.ofMillis(200)),
                        ExitReason.NO_PROCESS); // if it had ended when this asked
        assertThat(Wait.result(exited)).isEqualTo(ExitReason.SHUTDOWN);
    }

    @Test
    public void aTemporaryChildIsGoneAfterItsLimit() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").intensity(0, NEVER_AGAIN).child(child("a")));

        sup.start(LATE.absenceLimit(Duration.ofMillis(200)).restart(Restart.TEMPORARY));

        Wait.until("it is forgotten", () -> sup.children().size() == 1);
        assertThat(state(sup, "a")).isEqualTo(State.RUNNING);
    }

    @Test
    public void aChildWhoseModuleGoesWaits_andIsTheSameProcessAfterwards() throws Exception {
        var bundle = bench.start(Bench.puppets("late", "1.0.0"));
        Supervisor sup =
                start(SupervisorSpec.of("sup").intensity(0, NEVER_AGAIN).child(LATE));
        Pid late = pid(sup, "late");

        bundle.stop();
        assertThat(sup.pid("late")).contains(late);
        bundle.start();

        assertThat(bench.processes().call(late, "version", Wait.LIMIT)).isEqualTo("1.0.0");
        assertThat(sup.restarts("late")).isZero();
    }
}
