// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.term.Pid;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A process that is to run a certain version of its module. */
public class PinIT extends ContainerTest {
    private static final Version V1 = new Version("1.0.0");
    private static final Version V2 = new Version("2.0.0");
    private static final Version V3 = new Version("3.0.0");

    private Spawned pinner;

    @Before
    public void spawnPinner() throws Exception {
        bench.start(puppets("pinner", "1.0.0"));
        pinner = bench.spawn(ProcessSpec.of("pinner"));
    }

    private Bundle offer(Version version) throws Exception {
        return bench.start(puppets(PUPPET, version.toString()));
    }

    /** Not monitored, so that the pinner hears of its pins only. */
    private Spawned spawnAt(@Nullable Version version) throws Exception {
        Pid pid = pinner.does(self -> {
            Pid fresh = self.newPid();
            self.demonitor(self.spawn(fresh, ProcessSpec.of(PUPPET), version));
            return fresh;
        });
        Spawned process = new Spawned(pid, bench.processes());
        process.version();
        return process;
    }

    private void pin(Spawned process, @Nullable Version version) {
        pinner.runs(self -> self.pin(process.pid(), version));
    }

    private List<Signal> awaitSwitched(int count) {
        Wait.until("it has heard", () -> switched().size() >= count);
        return switched();
    }

    private List<Signal> switched() {
        return pinner.signals().stream()
                .filter(signal -> signal instanceof Signal.Switched)
                .toList();
    }

    private static Signal done(Spawned process, Version version) {
        return new Signal.Switched(process.pid(), version, null);
    }

    private static ExitReason absent(Version version) {
        return new ExitReason.ModuleAbsent(PUPPET + " " + version, Duration.ZERO);
    }

    @Test
    public void spawnedProcessRunsTheVersion_andDoesNotMoveUp() throws Exception {
        Bundle first = offer(V1);
        offer(V2);
        Spawned process = spawnAt(V1);
        assertThat(process.journal()).containsExactly("started 1.0.0");

        offer(V3);
        assertThat(process.journal()).containsExactly("started 1.0.0");
        assertThat(spawnAt(null).version()).isEqualTo("3.0.0");

        first.stop();
        assertThat(process.journal()).containsExactly("started 1.0.0", "resumed 3.0.0 from 1.0.0");
        first.start();
        Wait.until("it is back", () -> process.version().equals("1.0.0"));
        assertThat(switched()).isEmpty();
    }

    @Test
    public void spawnedProcessRunsTheBest_ifTheVersionIsNotThere() throws Exception {
        offer(V1);
        Spawned process = spawnAt(V2);
        assertThat(process.version()).isEqualTo("1.0.0");

        offer(V3);
        Wait.until("it runs the best", () -> process.version().equals("3.0.0"));
        offer(V2);
        Wait.until("it runs the one it is pinned to", () -> process.version().equals("2.0.0"));
    }

    @Test
    public void pinMovesTheProcess_upAndDown_withItsState() throws Exception {
        offer(V1);
        offer(V2);
        offer(V3);
        Spawned process = spawnAt(V1);
        process.casts("kept");
        process.version();

        pin(process, V2);
        assertThat(awaitSwitched(1)).containsExactly(done(process, V2));
        pin(process, V1);
        assertThat(awaitSwitched(2)).containsExactly(done(process, V2), done(process, V1));
        pin(process, null);
        assertThat(awaitSwitched(3)).containsExactly(done(process, V2), done(process, V1), done(process, V3));

        assertThat(process.journal())
                .containsExactly(
                        "started 1.0.0",
                        "kept",
                        "resumed 2.0.0 from 1.0.0",
                        "resumed 1.0.0 from 2.0.0",
                        "resumed 3.0.0 from 1.0.0");
    }

    @Test
    public void switchedComesAtOnce_ifItRunsTheVersionAlready() throws Exception {
        offer(V1);
        Spawned process = spawnAt(null);
        CountDownLatch release = new CountDownLatch(1);
        process.starts(self -> {
            Wait.until("it is released", release);
            return null;
        });

        pin(process, V1);
        pin(process, null);
        pin(process, V1);

        assertThat(switched()).containsExactly(done(process, V1), done(process, V1), done(process, V1));
        release.countDown();
        offer(V2);
        assertThat(process.journal()).containsExactly("started 1.0.0");
        assertThat(switched()).hasSize(3);
    }

    @Test
    public void switchedComesAtOnce_ifTheVersionIsNotOffered() throws Exception {
        offer(V1);
        Spawned process = spawnAt(V1);

        pin(process, V2);

        assertThat(switched()).containsExactly(new Signal.Switched(process.pid(), V1, absent(V2)));
        assertThat(process.journal()).containsExactly("started 1.0.0");
    }

    @Test
    public void suspendedProcess_runsNoVersion() throws Exception {
        Bundle only = offer(V1);
        Spawned process = spawnAt(V1);
        only.stop();

        pin(process, V2);
        pin(process, V1);
        pin(process, null);

        assertThat(switched())
                .containsExactly(
                        new Signal.Switched(process.pid(), null, absent(V2)),
                        new Signal.Switched(process.pid(), null, absent(V1)),
                        new Signal.Switched(process.pid(), null, new ExitReason.ModuleAbsent(PUPPET, Duration.ZERO)));
    }

    @Test
    public void busyProcessSwitches_betweenTwoMessages() throws Exception {
        offer(V1);
        offer(V2);
        Spawned process = spawnAt(V1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Object> busy = process.starts(self -> {
            inside.countDown();
            Wait.until("it is released", release);
            return "finished";
        });
        Wait.until("it is busy", inside);

        pin(process, V2);
        process.casts("sent before the switch");

        assertThat(switched()).isEmpty();
        assertThat(process.info().version()).isEqualTo(V1);
        release.countDown();
        assertThat(Wait.result(busy)).isEqualTo("finished");
        assertThat(awaitSwitched(1)).containsExactly(done(process, V2));
        assertThat(process.journal())
                .containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0", "sent before the switch");
    }

    @Test
    public void pinThatIsTakenOver_isAnsweredToo() throws Exception {
        offer(V1);
        offer(V2);
        offer(V3);
        Spawned process = spawnAt(V1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        process.starts(self -> {
            inside.countDown();
            Wait.until("it is released", release);
            return null;
        });
        Wait.until("it is busy", inside);

        pin(process, V2);
        pin(process, V3);
        release.countDown();

        assertThat(awaitSwitched(2))
                .containsExactly(
                        new Signal.Switched(process.pid(), V3, new ExitReason.Shutdown("was pinned to 3.0.0 since")),
                        done(process, V3));
        assertThat(process.journal()).containsExactly("started 1.0.0", "resumed 3.0.0 from 1.0.0");
    }

    @Test
    public void processGoesBackToWhatItRan_ifTheVersionFailsToResume() throws Exception {
        offer(V1);
        bench.start(puppets(PUPPET, V2.toString()).header("Puppet-Trouble", "resume"));
        offer(V3);
        Spawned process = spawnAt(V1);
        process.casts("kept");
        process.version();

        pin(process, V2);

        assertThat(awaitSwitched(1)).singleElement().isInstanceOfSatisfying(Signal.Switched.class, switched -> {
            assertThat(switched.version()).isEqualTo(V1);
            assertThat(String.valueOf(switched.failure())).contains("resume does not want to");
        });
        assertThat(process.journal()).containsExactly("started 1.0.0", "kept", "resumed 1.0.0 from 1.0.0");
    }

    @Test
    public void processStaysWhereItIs_ifItFailsToHandOver() throws Exception {
        bench.start(puppets(PUPPET, V1.toString()).header("Puppet-Trouble", "suspend"));
        offer(V2);
        offer(V3);
        Spawned process = spawnAt(V1);

        pin(process, V2);

        assertThat(awaitSwitched(1)).singleElement().isInstanceOfSatisfying(Signal.Switched.class, switched -> {
            assertThat(switched.version()).isEqualTo(V1);
            assertThat(String.valueOf(switched.failure())).contains("suspend does not want to");
        });
        assertThat(process.journal()).containsExactly("started 1.0.0");
        pin(process, null);
        assertThat(awaitSwitched(2).get(1)).isInstanceOfSatisfying(Signal.Switched.class, switched -> {
            assertThat(switched.version()).isEqualTo(V1);
            assertThat(String.valueOf(switched.failure())).contains("suspend does not want to");
        });
    }

    @Test
    public void versionThatWasRefusedIsTriedAgain_ifPinnedAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        offerOwn(V1, broken);
        offerOwn(V2, broken);
        Pid pid = bench.processes().spawn(ProcessSpec.of("own"));
        Spawned process = new Spawned(pid, bench.processes());
        pin(process, V1);
        assertThat(awaitSwitched(1)).containsExactly(done(process, V1));
        pin(process, V2);
        assertThat(((Signal.Switched) awaitSwitched(2).get(1)).failure()).isInstanceOf(ExitReason.Crashed.class);

        broken.set(false);
        pin(process, V2);

        assertThat(awaitSwitched(3).get(2)).isEqualTo(done(process, V2));
    }

    /** A module whose workers fail to resume in version 2, as long as it is broken. */
    private void offerOwn(Version version, AtomicBoolean broken) throws Exception {
        Bundle bundle = bench.start(PluginJar.named("plugin.own").version(version.toString()));
        WorkerModule module = () -> new Worker() {
            @Override
            public void onResume(Self self, Handover handover) {
                if (version.equals(V2) && broken.get()) {
                    throw new IllegalStateException("broken");
                }
            }
        };
        bundle.getBundleContext()
                .registerService(WorkerModule.class, module, new Hashtable<>(Map.of(WorkerModule.MODULE, "own")));
    }

    @Test
    public void severalVersionsThatFailToResume_areTriedOnceEach() throws Exception {
        offer(V1);
        Spawned process = spawnAt(null);
        bench.start(puppets(PUPPET, V2.toString()).header("Puppet-Trouble", "resume"));
        Wait.until("one was tried", () -> process.journal().size() == 2);

        bench.start(puppets(PUPPET, V3.toString()).header("Puppet-Trouble", "resume"));

        Wait.until("the other was tried", () -> process.journal().size() == 3);
        assertThat(process.journal())
                .containsExactly("started 1.0.0", "resumed 1.0.0 from 1.0.0", "resumed 1.0.0 from 1.0.0");
    }

    @Test
    public void pinOfAProcessThatHasEnded_doesNothing() throws Exception {
        offer(V1);
        Spawned process = spawnAt(null);
        process.killed();

        pin(process, V1);

        assertThat(switched()).isEmpty();
    }
}
