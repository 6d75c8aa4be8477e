// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The kernel itself is stopped and started: nothing of the old one works or runs, and the new one works. */
public class KernelRestartIT extends ContainerTest {
    @After
    public void startKernel() throws Exception {
        bench.shipped("org.bequest.kernel").start();
    }

    @Test
    public void everythingEndsWithTheKernel_andBeginsAnew() throws Exception {
        Bundle kernel = bench.shipped("org.bequest.kernel");
        Spawned process = bench.spawn("named");
        Table table = bench.tables().claim(TableSpec.of("claimed"));
        Tables tables = bench.tables();
        Processes processes = bench.processes();

        kernel.stop();

        assertThat(bench.context().getServiceReference(Tables.class)).isNull();
        assertThatThrownBy(() -> table.insert(Tuple.of("zombie"))).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> tables.open("claimed")).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> processes.exit(process.pid(), ExitReason.KILLED))
                .isInstanceOf(FencedException.class);
        Wait.until("its threads have ended", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("bequest-")));

        kernel.start();

        bench.manager(); // the manager's module has found the new kernel
        assertThat(bench.exists("claimed")).isFalse();
        Spawned next = bench.spawn("named");
        assertThat(next.pid().node()).isNotEqualTo(process.pid().node());
        assertThat(next.version()).isEqualTo("1.0.0");
        bench.tables().create(TableSpec.of("claimed")).insert(Tuple.of("k", "v"));
    }

    @Test
    public void kernelStops_howeverManyProcessesAreBeingStarted() throws Exception {
        Bundle kernel = bench.shipped("org.bequest.kernel");
        bench.start(Bench.puppets(Bench.PUPPET, "1.0.0"));
        List<ChildSpec> children = IntStream.range(0, 50)
                .mapToObj(i -> ChildSpec.of("child" + i, Bench.PUPPET).plan(RestartPlan.immediately()))
                .toList();
        for (int i = 0; i < 5; i++) {
            bench.root().start(ChildSpec.of(SupervisorSpec.of("sup").children(children)));
            Processes processes = bench.processes();
            CompletableFuture<Void> spawning = Background.run(() -> {
                while (true) {
                    processes.spawn(ProcessSpec.of(Bench.PUPPET));
                }
            });

            Wait.result(Background.run(kernel::stop));

            assertThatThrownBy(spawning::join).hasCauseInstanceOf(RuntimeException.class);
            kernel.start();
        }
        bench.manager();
    }
}
