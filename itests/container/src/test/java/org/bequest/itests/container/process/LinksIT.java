// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** Ending together, or hearing of it. */
public class LinksIT extends ContainerTest {
    private static final Consumer<Self> CRASH = self -> {
        throw new IllegalStateException("meant to");
    };

    @Test
    public void linkedProcessEndsToo_whicheverOfTheTwoCrashes() throws Exception {
        for (boolean linkerCrashes : new boolean[] {true, false}) {
            Spawned linker = bench.spawn();
            Spawned linked = bench.spawn();
            linker.runs(self -> self.link(linked.pid()));
            Spawned crashing = linkerCrashes ? linker : linked;
            Spawned other = linkerCrashes ? linked : linker;
            var reason = bench.processes().exited(other.pid());

            crashing.casts(CRASH);

            assertThat(Wait.result(reason))
                    .isInstanceOfSatisfying(ExitReason.Crashed.class, crash -> assertThat(crash.description())
                            .contains("meant to"));
        }
    }

    @Test
    public void linkedProcessLivesOn_whenTheOtherEndsNormally() throws Exception {
        Spawned one = bench.spawn();
        Spawned other = bench.spawn();
        one.runs(self -> self.link(other.pid()));
        var ended = bench.processes().exited(other.pid());

        other.casts((Consumer<Self>) self -> self.exit(ExitReason.NORMAL));

        assertThat(Wait.result(ended)).isEqualTo(ExitReason.NORMAL);
        assertThat(one.version()).isEqualTo("1.0.0");
    }

    @Test
    public void trappingProcessGetsASignal_andLivesOn() throws Exception {
        Spawned trapping = bench.spawn();
        Spawned other = bench.spawn();
        trapping.runs(self -> {
            self.trapExits(true);
            self.link(other.pid());
        });

        other.killed();

        assertThat(trapping.signals()).containsExactly(new Signal.Exited(other.pid(), ExitReason.KILLED));
    }

    @Test
    public void trappingProcessHearsOfNormalEndsToo() throws Exception {
        Spawned trapping = bench.spawn();
        Spawned other = bench.spawn();
        trapping.runs(self -> {
            self.trapExits(true);
            self.link(other.pid());
        });

        other.casts((Consumer<Self>) self -> self.exit(ExitReason.NORMAL));
        Wait.until("the signal is there", () -> !trapping.signals().isEmpty());

        assertThat(trapping.signals()).containsExactly(new Signal.Exited(other.pid(), ExitReason.NORMAL));
    }

    @Test
    public void linkToAnEndedProcessIsSignalledAtOnce() throws Exception {
        Spawned dead = bench.spawn();
        dead.killed();
        Spawned trapping = bench.spawn();
        trapping.runs(self -> {
            self.trapExits(true);
            self.link(dead.pid());
        });
        Spawned plain = bench.spawn();
        var ended = bench.processes().exited(plain.pid());
        plain.casts((Consumer<Self>) self -> self.link(dead.pid()));

        assertThat(trapping.signals()).containsExactly(new Signal.Exited(dead.pid(), ExitReason.NO_PROCESS));
        assertThat(Wait.result(ended)).isEqualTo(ExitReason.NO_PROCESS);
    }

    @Test
    public void unlinkedProcessLivesOn() throws Exception {
        Spawned one = bench.spawn();
        Spawned other = bench.spawn();
        one.runs(self -> {
            self.link(other.pid());
            self.unlink(other.pid());
        });

        other.killed();

        assertThat(one.version()).isEqualTo("1.0.0");
    }

    @Test
    public void killSpreadsAlongAChainOfLinks() throws Exception {
        Spawned first = bench.spawn();
        Spawned previous = first;
        for (int i = 0; i < 20; i++) {
            Spawned next = bench.spawn();
            previous.runs(self -> self.link(next.pid()));
            previous = next;
        }
        Spawned last = previous;

        first.killed();

        Wait.until("the last of the chain has ended", () -> !last.alive());
    }

    @Test
    public void ringOfLinksEnds_withoutDeadlock() throws Exception {
        for (int round = 0; round < 50; round++) {
            Spawned one = bench.spawn();
            Spawned two = bench.spawn();
            one.runs(self -> self.link(two.pid()));
            two.runs(self -> self.link(one.pid()));

            Thread killer = new Thread(one::killed);
            killer.start();
            two.killed();
            killer.join();

            Wait.until("both have ended", () -> !one.alive() && !two.alive());
        }
    }

    @Test
    public void askedToShutDown_theProcessEnds_unlessItTraps() throws Exception {
        Spawned plain = bench.spawn();
        Spawned trapping = bench.spawn();
        trapping.runs(self -> self.trapExits(true));
        var ended = bench.processes().exited(plain.pid());

        bench.processes().exit(plain.pid(), ExitReason.SHUTDOWN);
        bench.processes().exit(trapping.pid(), ExitReason.SHUTDOWN);

        assertThat(Wait.result(ended)).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(trapping.signals()).containsExactly(new Signal.Exited(null, ExitReason.SHUTDOWN));
    }

    @Test
    public void processThatAsksIsNamed_inTheSignal() throws Exception {
        Spawned asking = bench.spawn();
        Spawned trapping = bench.spawn();
        trapping.runs(self -> self.trapExits(true));

        asking.runs(self -> self.processes().exit(trapping.pid(), ExitReason.SHUTDOWN));

        assertThat(trapping.signals()).containsExactly(new Signal.Exited(asking.pid(), ExitReason.SHUTDOWN));
    }

    @Test
    public void normalAsksNothingOfOthers() throws Exception {
        Spawned plain = bench.spawn();

        bench.processes().exit(plain.pid(), ExitReason.NORMAL);

        assertThat(plain.version()).isEqualTo("1.0.0");
    }

    @Test
    public void killCannotBeTrapped() throws Exception {
        Spawned trapping = bench.spawn();
        trapping.runs(self -> self.trapExits(true));

        trapping.killed();

        assertThat(trapping.alive()).isFalse();
    }
}
