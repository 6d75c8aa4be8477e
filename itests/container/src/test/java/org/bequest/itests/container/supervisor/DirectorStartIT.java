// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.supervisor.Crew.child;
import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_PRESENT;
import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_STARTED;
import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;
import static org.bequest.supervisor.SupervisorException.Problem.START_FAILED;

import java.time.Duration;
import java.util.List;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.StartFailedException;
import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildType;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.junit.Test;

/** What Director does when it and its children are started, D1 to D11 of the feature map. */
public class DirectorStartIT extends SupervisorTest {
    // What init returns is data with us, so there is no callback that could return anything else.
    @Test
    public void d01_aWrongSpecificationFailsTheStartAndSaysWhy() {
        SupervisorSpec twice = SupervisorSpec.of("sup").child(child("a"), child("a"));

        assertThatThrownBy(() -> bench.processes().spawn(twice.process()))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("two children 'a'");
        assertThatThrownBy(() -> bench.processes()
                        .spawn(ProcessSpec.of(Supervisor.MODULE).argument("nonsense")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("nonsense");
        assertThat(crew.diary()).isEmpty();
        assertThat(bench.exists(twice.table())).isFalse();
    }

    @Test
    public void d02_whatHasNoModuleIsRefused_unlessTheDefaultsHaveOne() {
        Supervisor sup =
                start(SupervisorSpec.of("sup").defaults(ChildSpec.defaults().module(Crew.MODULE)));

        assertThat(refusal(() -> sup.start(ChildSpec.of("a")))).isEqualTo(BAD_SPEC);
        assertThat(sup.children()).isEmpty();
        assertThat(sup.start(ChildSpec.of("a").append(true))).isPresent();
    }

    @Test
    public void d03_anIdAndAModuleAreEnough() {
        Supervisor sup = start(SupervisorSpec.of("sup"));

        Pid pid = sup.start(ChildSpec.of("a", Crew.MODULE)).orElseThrow();

        assertThat(crew.argument(pid)).isEqualTo("nothing");
        assertThat(sup.spec("a").restart()).isEqualTo(Restart.PERMANENT);
    }

    // Director adds the two terminate_timeouts up; ours takes the child's, as nobody expects a sum.
    @Test
    public void d04_argumentsAndModulesAreJoined_theDefaultsFirst() {
        ChildSpec defaults = ChildSpec.defaults()
                .module(Crew.MODULE)
                .argument(List.of("general"))
                .modules(List.of("m1"))
                .shutdown(Duration.ofSeconds(7));
        Supervisor sup = start(SupervisorSpec.of("sup").defaults(defaults));

        Pid pid = sup.start(ChildSpec.of("a")
                        .append(true)
                        .argument(List.of("special"))
                        .modules(List.of("m2"))
                        .shutdown(Duration.ofSeconds(1)))
                .orElseThrow();

        assertThat(crew.argument(pid)).isEqualTo(List.of("general", "special"));
        assertThat(sup.children().get(0).modules()).containsExactly("m1", "m2");
        assertThat(sup.spec("a").shutdown()).isEqualTo(Duration.ofSeconds(1));
    }

    // In Director the defaults win, and silently replace the child's module.
    @Test
    public void d05_whatAChildSaysWinsOverTheDefaults() {
        ChildSpec defaults =
                ChildSpec.defaults().module("absent").type(ChildType.SUPERVISOR).restart(Restart.PERMANENT);
        Supervisor sup = start(SupervisorSpec.of("sup").defaults(defaults));

        Pid pid = sup.start(child("a").append(true).type(ChildType.WORKER).restart(Restart.TRANSIENT))
                .orElseThrow();

        assertThat(crew.argument(pid)).isEqualTo("a");
        assertThat(sup.children().get(0).type()).isEqualTo(ChildType.WORKER);
        crew.leave(pid, ExitReason.NORMAL);
        untilState(sup, "a", State.DOWN);
    }

    // Director's README and code disagree; ours are those of OTP.
    @Test
    public void d06_aWorkerHasFiveSecondsToStop_andASupervisorAllTheTime() {
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a"), ChildSpec.of(SupervisorSpec.of("inner"))));

        assertThat(sup.spec("a").shutdown()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sup.spec("inner").shutdown()).isEqualTo(ChildSpec.INFINITY);
    }

    @Test
    public void d07_checkingAChildSpecStartsNothing() {
        child("a").check(AutoShutdown.NEVER);
        SupervisorSpec.of("sup").child(child("a")).check();

        assertThat(refusal(() -> ChildSpec.of("a").check(AutoShutdown.NEVER))).isEqualTo(BAD_SPEC);
        assertThat(crew.diary()).isEmpty();
        assertThat(bench.processes().whereis("sup")).isEmpty();
    }

    @Test
    public void d08_initialChildrenStartInOrder_andStopAgainIfOneFails() {
        crew.fails("c");
        SupervisorSpec spec = SupervisorSpec.of("sup").child(child("a"), child("b"), child("c"), child("d"));

        assertThatThrownBy(() -> bench.processes().spawn(spec.process()))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("c does not want to");

        assertThat(crew.diary()).containsExactly("started a", "started b", "stopped b", "stopped a");
        assertThat(bench.processes().whereis("sup")).isEmpty();
        assertThat(bench.exists(spec.table())).isFalse();
    }

    @Test
    public void d09_anInitialChildThatAnotherSupervisorHasIsSkipped() {
        Supervisor first = start(SupervisorSpec.of("first").sharing("flock").child(child("a")));
        Supervisor second = start(SupervisorSpec.of("second").sharing("flock").child(child("a"), child("b")));

        assertThat(crew.diary()).containsExactly("started a", "started b");
        assertThat(second.pids()).isEqualTo(first.pids()).containsOnlyKeys("a", "b");
    }

    // In Director the rows of a dead director are stuck for ever.
    @Test
    public void d09_whatADeadSupervisorHasLeftIsTheNextOnes() {
        Supervisor first = start(SupervisorSpec.of("first").sharing("flock").child(child("lives"), child("dies")));
        Pid lives = pid(first, "lives");
        Pid dies = pid(first, "dies");
        kill(first.pid());
        kill(dies);

        Supervisor second = start(SupervisorSpec.of("second").sharing("flock").child(child("lives"), child("dies")));

        assertThat(pid(second, "lives")).isEqualTo(lives);
        follower(second, "dies", dies);
        second.terminate("lives");
        assertThat(alive(lives)).isFalse();
        second.delete("lives");
        second.terminateAndDelete("dies");
        assertThat(second.children()).isEmpty();
    }

    @Test
    public void d10_startingAnswersThePid_orNothingIfTheChildAsksToBeIgnored() {
        Supervisor sup = start(SupervisorSpec.of("sup"));
        crew.atStart("ignored", self -> self.exit(ExitReason.NORMAL));

        Pid pid = sup.start(child("a")).orElseThrow();

        assertThat(alive(pid)).isTrue();
        assertThat(sup.start(child("ignored"))).isEmpty();
        assertThat(state(sup, "ignored")).isEqualTo(State.DOWN);
        assertThat(refusal(() -> sup.start(child("a")))).isEqualTo(ALREADY_STARTED);
        assertThat(refusal(() -> sup.start(child("ignored")))).isEqualTo(ALREADY_PRESENT);
        assertThat(pid(sup, "a")).isEqualTo(pid);
    }

    // Director keeps the row, so that a second, corrected attempt is refused.
    @Test
    public void d10_whatFailsToStartIsNotAdded_andCanBeStartedWhenItIsCorrected() {
        Supervisor sup = start(SupervisorSpec.of("sup"));
        crew.fails("a");

        assertThat(refusal(() -> sup.start(child("a")))).isEqualTo(START_FAILED);
        assertThat(sup.children()).isEmpty();

        crew.behaves("a");
        assertThat(sup.start(child("a"))).isPresent();
    }

    // In Director the row of a start that raises can neither be deleted nor restarted.
    @Test
    public void d11_whatFailsToRestartStaysDown_andCanBeRestartedOrDeleted() {
        Supervisor sup = start(SupervisorSpec.of("sup").child(child("a"), child("b")));
        sup.terminate("a");
        sup.terminate("b");
        crew.fails("a");
        crew.fails("b");

        assertThat(refusal(() -> sup.restart("a"))).isEqualTo(START_FAILED);
        assertThat(refusal(() -> sup.restart("b"))).isEqualTo(START_FAILED);
        assertThat(state(sup, "a")).isEqualTo(State.DOWN);

        crew.behaves("a");
        assertThat(sup.restart("a")).isPresent();
        sup.delete("b");
        assertThat(sup.pids()).containsOnlyKeys("a");
        assertThat(sup.children()).hasSize(1);
    }
}
