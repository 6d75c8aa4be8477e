// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;
import static org.bequest.itests.container.kit.Spawned.failure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.table.TableSpec;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The module's bundle goes, and does not come back. */
public class AbsenceIT extends ContainerTest {
    @Test
    public void processEndsWithTheReason_whenItsModuleIsUninstalled() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        process.does(self -> self.tables().claim(TableSpec.of("kept")));
        var ended = bench.processes().exited(process.pid());

        plugin.uninstall();

        assertThat(Wait.result(ended)).isEqualTo(new ExitReason.ModuleUninstalled(PUPPET, "plugin." + PUPPET));
        assertThat(bench.inEscrow("kept")).isTrue();
    }

    @Test
    public void processEndsWithTheReason_whenItsStoppedModuleIsUninstalled() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        var ended = bench.processes().exited(process.pid());
        plugin.stop();
        CompletableFuture<Object> waiting = process.starts(self -> "never");
        Wait.until("the call waits", () -> process.info().queued() == 1);

        plugin.uninstall();

        ExitReason reason = new ExitReason.ModuleUninstalled(PUPPET, "plugin." + PUPPET);
        assertThat(Wait.result(ended)).isEqualTo(reason);
        assertThat(failure(waiting))
                .isInstanceOfSatisfying(ProcessExitedException.class, exited -> assertThat(exited.reason())
                        .isEqualTo(reason));
    }

    @Test
    public void processGoesOn_whenAnotherBundleWithItsModuleIsUninstalled() throws Exception {
        bench.start(puppets(PUPPET, "2.0.0"));
        Spawned process = bench.spawn();
        Bundle other = bench.start(puppets(PUPPET, "1.0.0"));

        other.uninstall();

        assertThat(process.journal()).containsExactly("started 2.0.0");
    }

    @Test
    public void processEndsWithTheReason_whenItsModuleIsAwayForTooLong() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Duration limit = Duration.ofMillis(100);
        Spawned process = bench.spawn(ProcessSpec.of(PUPPET).absenceLimit(limit));
        var ended = bench.processes().exited(process.pid());
        long start = System.nanoTime();

        plugin.stop();

        assertThat(Wait.result(ended)).isEqualTo(new ExitReason.ModuleAbsent(PUPPET, limit));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(limit);
    }

    @Test
    public void processEndsAtOnce_ifItsModuleMustNotBeAway() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn(ProcessSpec.of(PUPPET).absenceLimit(Duration.ZERO));
        var ended = bench.processes().exited(process.pid());

        plugin.stop();

        assertThat(Wait.result(ended)).isEqualTo(new ExitReason.ModuleAbsent(PUPPET, Duration.ZERO));
    }

    @Test
    public void absenceIsCountedAnew_eachTime() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Duration limit = Duration.ofMillis(400);
        Spawned process = bench.spawn(ProcessSpec.of(PUPPET).absenceLimit(limit));
        long start = System.nanoTime();

        int absences = 0;
        while (System.nanoTime() - start < limit.multipliedBy(2).toNanos()) {
            plugin.stop();
            plugin.start();
            process.version();
            absences++;
        }

        assertThat(process.journal()).hasSize(1 + absences);
    }

    @Test
    public void processWaitsForEver_ifItIsAllowedTo() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned patient = bench.spawn(ProcessSpec.of(PUPPET).absenceLimit(ProcessSpec.FOREVER));
        Spawned impatient = bench.spawn(ProcessSpec.of(PUPPET).absenceLimit(Duration.ofMillis(10)));

        plugin.stop();
        Wait.until("the impatient one has ended", () -> !impatient.alive());

        assertThat(patient.info().status()).isEqualTo(ProcessInfo.Status.SUSPENDED);
        plugin.start();
        assertThat(patient.version()).isEqualTo("1.0.0");
    }

    @Test
    public void processGoesOnInAnotherBundle_thatBringsItsModuleBack() throws Exception {
        Bundle first = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        first.stop();

        Bundle second = bench.start(puppets(PUPPET, "0.9.0"));
        first.uninstall();

        assertThat(process.journal()).containsExactly("started 1.0.0", "resumed 0.9.0 from 1.0.0");
        assertThat(second.getState()).isEqualTo(Bundle.ACTIVE);
    }
}
