// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;
import static org.bequest.itests.container.kit.Spawned.failure;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.CallFailedException;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A handler that does not come back is interrupted after the grace time and fenced off; the process goes on without it. */
public class StuckHandlerIT extends ContainerTest {
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean release = new AtomicBoolean();

    @After
    public void release() {
        release.set(true);
    }

    private static PluginJar impatient(String version) {
        return puppets(PUPPET, version).header("Puppet-Grace", "50");
    }

    /** Deaf to interrupts until released; then tries to write. */
    private Object stuck(Self self) {
        Table table = self.tables().open("kept");
        events.add("stuck");
        while (!release.get()) {
            Thread.onSpinWait();
        }
        try {
            table.insert(Tuple.of("zombie"));
            events.add("wrote");
        } catch (FencedException e) {
            events.add("fenced");
        }
        return "nobody gets this reply";
    }

    private CompletableFuture<Object> stick(Spawned process) {
        process.does(self -> self.tables().create(TableSpec.of("kept")));
        CompletableFuture<Object> call = process.starts(this::stuck);
        assertThat(Wait.next(events)).isEqualTo("stuck");
        process.casts("queued behind it");
        return call;
    }

    private void assertGoneOn(Spawned process, CompletableFuture<Object> call, String version) {
        assertThat(failure(call))
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining(process.pid().toString())
                .hasMessageContaining("50 ms");
        assertThat(process.journal())
                .containsExactly("resumed " + version + " from 1.0.0 without state", "queued behind it");
        assertThat(process.info().fenced()).isEqualTo(1);
        process.runs(self -> self.tables().open("kept").insert(Tuple.of("successor")));
        release.set(true);
        assertThat(Wait.next(events)).isEqualTo("fenced");
        assertThat(bench.tables().open("kept").toList()).containsExactly(Tuple.of("successor"));
        assertThat(process.version()).isEqualTo(version);
    }

    @Test
    public void processGoesOnWithTheNewCode_afterAnUpdateInPlace() throws Exception {
        Bundle plugin = bench.start(impatient("1.0.0"));
        Spawned process = bench.spawn();
        CompletableFuture<Object> call = stick(process);

        bench.update(plugin, impatient("2.0.0"));

        assertGoneOn(process, call, "2.0.0");
    }

    @Test
    public void processGoesOnWithTheNewCode_afterASwapSideBySide() throws Exception {
        bench.start(impatient("1.0.0"));
        Spawned process = bench.spawn();
        CompletableFuture<Object> call = stick(process);

        bench.start(impatient("2.0.0"));

        assertGoneOn(process, call, "2.0.0");
    }

    @Test
    public void othersAreSwapped_withoutWaitingForTheStuckOne() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned stuck = bench.spawn();
        Spawned other = bench.spawn();
        stick(stuck);

        bench.start(puppets(PUPPET, "2.0.0"));

        Wait.until("the other one runs the new code", () -> other.version().equals("2.0.0"));
        assertThat(stuck.info().version().toString()).isEqualTo("1.0.0");
        release.set(true);
        assertThat(Wait.next(events)).isEqualTo("wrote");
        Wait.until("the late one, too", () -> stuck.version().equals("2.0.0"));
        assertThat(stuck.info().fenced()).isZero();
    }

    @Test
    public void processEnds_whenItsModuleIsUninstalledUnderAStuckHandler() throws Exception {
        Bundle plugin = bench.start(impatient("1.0.0"));
        Spawned process = bench.spawn();
        CompletableFuture<Object> call = stick(process);
        var ended = bench.processes().exited(process.pid());

        plugin.uninstall();

        assertThat(Wait.result(ended)).isEqualTo(new ExitReason.ModuleUninstalled(PUPPET, "plugin." + PUPPET));
        assertThat(failure(call)).isNotNull();
        release.set(true);
        assertThat(Wait.next(events)).isEqualTo("fenced");
    }

    @Test
    public void processGoesOn_whenItWasStuckInSuspend() throws Exception {
        bench.module("sticky", () -> new Sticky("suspend"), WorkerModule.GRACE_MS, 50L);
        Spawned process = bench.spawn(ProcessSpec.of("sticky"));

        Bundle higher = bench.start(puppets("sticky", "2.0.0"));

        Wait.until("it runs the new code", () -> "2.0.0"
                .equals(String.valueOf(process.info().version())));
        assertThat(process.journal()).containsExactly("resumed 2.0.0 from 1.0.0 without state");
        assertThat(process.info().fenced()).isEqualTo(1);
        assertThat(higher.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void processGoesBack_whenTheHigherVersionIsStuckInResume() throws Exception {
        bench.start(puppets("sticky", "0.9.0"));
        Spawned process = bench.spawn(ProcessSpec.of("sticky"));

        bench.module("sticky", () -> new Sticky("resume"), WorkerModule.GRACE_MS, 50L);

        Wait.until("it has gone back", () -> process.info().fenced() == 1);
        assertThat(process.journal()).containsExactly("started 0.9.0", "resumed 0.9.0 from 0.9.0");
    }

    @Test
    public void processEndsAsStuck_whenTheUpdatedVersionIsStuckInResume() throws Exception {
        Bundle first = bench.start(puppets("sticky", "0.9.0"));
        Spawned process = bench.spawn(ProcessSpec.of("sticky"));
        var ended = bench.processes().exited(process.pid());

        first.stop();
        bench.module("sticky", () -> new Sticky("resume"), WorkerModule.GRACE_MS, 50L);

        assertThat(Wait.result(ended)).isEqualTo(new ExitReason.Stuck("onResume", Duration.ofMillis(50)));
    }

    /** Sticks in one place, deaf to interrupts. */
    private final class Sticky implements Worker {
        private final String place;

        Sticky(String place) {
            this.place = place;
        }

        @Override
        public Object onSuspend(Self self) {
            stickIf("suspend");
            return null;
        }

        @Override
        public void onResume(Self self, Handover handover) {
            stickIf("resume");
        }

        private void stickIf(String here) {
            while (place.equals(here) && !release.get()) {
                Thread.onSpinWait();
            }
        }
    }
}
