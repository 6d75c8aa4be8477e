// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
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
}
