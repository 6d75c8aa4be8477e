// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ModuleInfo;
import org.bequest.process.NameTakenException;
import org.bequest.process.NoSuchModuleException;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.StartFailedException;
import org.bequest.process.Worker;
import org.bequest.table.TableSpec;
import org.bequest.term.NotATermException;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Starting processes, and their names. */
public class SpawnIT extends ContainerTest {
    @Test
    public void processIsListed_withWhatIsKnownOfIt() throws Exception {
        Bundle plugin = bench.start(Bench.puppets("listed", "1.2.3"));

        Spawned process = bench.spawn(ProcessSpec.of("listed").name("first"));
        process.runs(self -> self.register("second"));

        ProcessInfo info = process.info();
        assertThat(info.module()).isEqualTo("listed");
        assertThat(info.version()).isEqualTo(new Version("1.2.3"));
        assertThat(info.names()).containsExactly("first", "second");
        assertThat(info.queued()).isZero();
        assertThat(info.fenced()).isZero();
        assertThat(bench.processes().modules())
                .contains(new ModuleInfo(
                        "listed",
                        List.of(new ModuleInfo.Provider("plugin.listed", plugin.getBundleId(), new Version("1.2.3"))),
                        1));
    }

    @Test
    public void statusTellsWhatAProcessIsDoing() throws Exception {
        Spawned process = bench.spawn();

        ProcessInfo.Status inHandler = process.does(self -> process.info().status());

        assertThat(inHandler).isEqualTo(ProcessInfo.Status.RUNNING);
        Wait.until("it waits", () -> process.info().status() == ProcessInfo.Status.WAITING);
    }

    @Test
    public void argumentReachesTheWorker_asATerm() throws Exception {
        bench.spawn();
        List<Object> argument = new ArrayList<>(List.of(1, "two"));

        Spawned process = bench.spawn(ProcessSpec.of(Bench.PUPPET).argument(Tuple.of("with", argument)));
        argument.clear();

        assertThat(process.journal()).containsExactly("started 1.0.0", Tuple.of("with", List.of(1L, "two")));
        assertThatThrownBy(() -> ProcessSpec.of(Bench.PUPPET).argument(new Thread()))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    public void pidsAreNeverTheSame() throws Exception {
        Spawned first = bench.spawn();
        first.killed();
        Spawned second = bench.spawn();

        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(second.pid().node()).isEqualTo(first.pid().node());
    }

    @Test
    public void processLivesOn_whenTheBundleThatSpawnedItIsGone() throws Exception {
        bench.start(Bench.puppets(Bench.PUPPET, "1.0.0"));
        Bundle spawner = bench.bundle("spawner");
        Pid pid = bench.processesOf(spawner).spawn(ProcessSpec.of(Bench.PUPPET));

        spawner.uninstall();

        assertThat(new Spawned(pid, bench.processes()).version()).isEqualTo("1.0.0");
    }

    @Test
    public void processSpawnsAnother() throws Exception {
        Spawned parent = bench.spawn();

        Pid child = parent.does(
                self -> self.processes().spawn(ProcessSpec.of(Bench.PUPPET).name("child")));
        parent.killed();

        assertThat(bench.processes().isAlive(child)).isTrue();
        assertThat(bench.processes().whereis("child")).contains(child);
    }

    @Test
    public void nameLeadsToTheProcess_untilItEnds() throws Exception {
        Spawned process = bench.spawn("named");
        assertThat(bench.processes().whereis("named")).contains(process.pid());

        process.killed();

        assertThat(bench.processes().whereis("named")).isEmpty();
        assertThat(bench.spawn("named").alive()).isTrue();
    }

    @Test
    public void nameIsRefused_ifAnotherProcessHasIt() throws Exception {
        Spawned holder = bench.spawn("taken");
        Spawned other = bench.spawn();

        assertThatThrownBy(() -> bench.spawn("taken"))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining("'taken'")
                .hasMessageContaining(holder.pid().toString());
        RuntimeException refusal = other.refused(self -> self.register("taken"));

        assertThat(refusal).isInstanceOf(NameTakenException.class).hasMessageContaining("'taken'");
        assertThat(bench.processes().whereis("taken")).contains(holder.pid());
        assertThat(bench.processes().list())
                .filteredOn(info -> info.module().equals(Bench.PUPPET))
                .hasSize(2);
    }

    @Test
    public void nameOfAnotherIsNotGivenBack() throws Exception {
        Spawned holder = bench.spawn("held");
        Spawned other = bench.spawn();

        other.runs(self -> self.unregister("held"));
        assertThat(bench.processes().whereis("held")).contains(holder.pid());
        holder.runs(self -> self.unregister("held"));
        assertThat(bench.processes().whereis("held")).isEmpty();
    }

    @Test
    public void spawnIsRefused_ifThereIsNoSuchModule() {
        assertThatThrownBy(
                        () -> bench.processes().spawn(ProcessSpec.of("missing").name("nobody")))
                .isInstanceOf(NoSuchModuleException.class)
                .hasMessageContaining("'missing'");
        assertThat(bench.processes().whereis("nobody")).isEmpty();
    }

    @Test
    public void nothingIsLeft_whenTheWorkerFailsToStart() throws Exception {
        bench.module("failing", () -> new Worker() {
            @Override
            public void onStart(Self self, Object argument) {
                self.tables().create(TableSpec.of("of-the-failed"));
                self.register("another-name");
                throw new IllegalStateException("does not want to");
            }
        });

        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("failing").name("failed")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("failing")
                .hasMessageContaining("does not want to")
                .satisfies(e -> assertThat(((StartFailedException) e).reason()).isInstanceOf(ExitReason.Crashed.class));
        assertNothingOf("failing");
        assertThat(bench.processes().whereis("failed")).isEmpty();
        assertThat(bench.processes().whereis("another-name")).isEmpty();
        assertThat(bench.exists("of-the-failed")).isFalse();
    }

    @Test
    public void nothingIsLeft_whenTheModuleMakesNoWorker() throws Exception {
        bench.module("throwing", () -> {
            throw new IllegalStateException("no worker today");
        });
        bench.module("null", () -> null);

        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("throwing")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("no worker today");
        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("null")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("returned null");
        assertNothingOf("throwing");
        assertNothingOf("null");
    }

    private void assertNothingOf(String module) {
        assertThat(bench.processes().list())
                .filteredOn(info -> info.module().equals(module))
                .isEmpty();
    }
}
