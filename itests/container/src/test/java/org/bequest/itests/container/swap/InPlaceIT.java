// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;
import static org.bequest.itests.container.kit.Owners.owner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.FencedException;
import org.bequest.table.Owner;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** The module's bundle is updated, or stopped and started: its processes stay. */
public class InPlaceIT extends ContainerTest {
    @Test
    public void stateIsHandedOver_toldFromWhichVersion() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn(ProcessSpec.of(PUPPET).argument("argument"));
        process.casts("kept");
        process.version();

        bench.update(plugin, puppets(PUPPET, "1.1.0"));
        process.version();
        bench.update(plugin, puppets(PUPPET, "2.0.0"));

        assertThat(process.journal())
                .containsExactly(
                        "started 1.0.0", "argument", "kept", "resumed 1.1.0 from 1.0.0", "resumed 2.0.0 from 1.1.0");
        assertThat(process.info().version()).isEqualTo(new Version("2.0.0"));
    }

    @Test
    public void stateIsHandedOver_toALowerVersionToo() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "2.0.0"));
        Spawned process = bench.spawn();

        bench.update(plugin, puppets(PUPPET, "1.0.0"));

        assertThat(process.journal()).containsExactly("started 2.0.0", "resumed 1.0.0 from 2.0.0");
    }

    @Test
    public void stateIsHandedOver_acrossStopAndStart_andRefresh() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();

        plugin.stop();
        plugin.start();
        process.version();
        bench.refresh(plugin);

        assertThat(process.journal())
                .containsExactly("started 1.0.0", "resumed 1.0.0 from 1.0.0", "resumed 1.0.0 from 1.0.0");
    }

    @Test
    public void workerWithoutResume_startsAnewWithTheArgument() throws Exception {
        BlockingQueue<Object> starts = new LinkedBlockingQueue<>();
        Bundle plugin = bench.module("simple", () -> new Worker() {
            @Override
            public void onStart(Self self, Object argument) {
                starts.add(argument);
            }
        });
        bench.spawn(ProcessSpec.of("simple").argument("argument"));
        assertThat(Wait.next(starts)).isEqualTo("argument");

        plugin.stop();
        bench.module("simple", () -> new Worker() {
            @Override
            public void onStart(Self self, Object argument) {
                starts.add("again with " + argument);
            }
        });

        assertThat(Wait.next(starts)).isEqualTo("again with argument");
    }

    @Test
    public void processIsSuspended_whileItsModuleIsAway() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn("suspended");

        plugin.stop();

        ProcessInfo info = process.info();
        assertThat(info.status()).isEqualTo(ProcessInfo.Status.SUSPENDED);
        assertThat(info.version()).isNull();
        assertThat(info.names()).containsExactly("suspended");
        assertThat(process.alive()).isTrue();
        assertThat(bench.processes().modules()).anySatisfy(module -> {
            assertThat(module.name()).isEqualTo(PUPPET);
            assertThat(module.providers()).isEmpty();
            assertThat(module.processes()).isEqualTo(1);
        });
        plugin.start();
        assertThat(process.version()).isEqualTo("1.0.0");
    }

    @Test
    public void mailboxIsKept_inOrder() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        List<Object> numbers = IntStream.range(0, 100).<Object>mapToObj(i -> i).toList();
        plugin.stop();
        numbers.forEach(process::casts);
        assertThat(process.info().queued()).isEqualTo(100);

        bench.update(plugin, puppets(PUPPET, "2.0.0"));
        plugin.start();

        List<Object> expected = new ArrayList<>(List.of("started 1.0.0", "resumed 2.0.0 from 1.0.0"));
        expected.addAll(numbers);
        assertThat(process.journal()).isEqualTo(expected);
    }

    @Test
    public void callersJustWait_whileTheModuleIsAway() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        plugin.stop();
        CompletableFuture<Object> call = process.starts(self -> "answered");
        Wait.until("the call is queued", () -> process.info().queued() == 1);
        assertThat(call).isNotDone();

        plugin.start();

        assertThat(Wait.result(call)).isEqualTo("answered");
    }

    @Test
    public void noCallFails_whileTheBundleIsUpdatedOverAndOver() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        List<Spawned> processes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            processes.add(bench.spawn());
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        Function<Self, Object> answer = self -> self.pid();
        List<CompletableFuture<?>> callers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            callers.add(Background.run(() -> {
                while (!over.get()) {
                    for (Spawned process : processes) {
                        assertThat(process.does(answer)).isEqualTo(process.pid());
                        process.casts("counted");
                        calls.incrementAndGet();
                    }
                }
            }));
        }

        for (int i = 1; i <= 20; i++) {
            long before = calls.get();
            bench.update(plugin, puppets(PUPPET, "1.0." + i));
            Wait.until(
                    "calls go on",
                    () -> calls.get() > before + 20
                            || callers.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
        }
        over.set(true);
        callers.forEach(Wait::result);

        long counted = 0;
        for (Spawned process : processes) {
            List<Object> journal = process.journal();
            counted += journal.stream().filter("counted"::equals).count();
            assertThat(process.version()).isEqualTo("1.0.20");
        }
        assertThat(counted).isEqualTo(calls.get());
    }

    @Test
    public void whoeverIsOwedAReply_getsItFromTheNextVersion() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();
        CompletableFuture<Object> reply = process.asked((self, caller) -> callers.add(caller));
        Caller old = Wait.next(callers);
        long ref = old.ref();

        bench.update(plugin, puppets(PUPPET, "2.0.0"));

        assertThatThrownBy(() -> old.reply("from the old version")).isInstanceOf(FencedException.class);
        assertThat(reply).isNotDone();
        process.runs(self -> self.caller(ref).orElseThrow().reply("from the new version"));
        assertThat(Wait.result(reply)).isEqualTo("from the new version");
    }

    @Test
    public void tablesStay_andOldHandlesAreFenced() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Table old = process.does(self -> {
            Table table = self.tables().create(TableSpec.of("kept"));
            table.insert(Tuple.of("k", "v"));
            return table;
        });
        Self oldSelf = process.does(self -> self);

        plugin.stop();
        assertThat(bench.table("kept").owner()).isEqualTo(owner(process));
        assertThat(bench.tables().open("kept").toList()).containsExactly(Tuple.of("k", "v"));
        plugin.start();

        process.runs(self -> self.tables().open("kept").insert(Tuple.of("k2", "v2")));
        assertThat(bench.table("kept").size()).isEqualTo(2);
        assertThatThrownBy(() -> old.insert(Tuple.of("zombie")))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("'kept'");
        assertThatThrownBy(() -> oldSelf.tables().open("kept")).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> oldSelf.exit(ExitReason.NORMAL)).isInstanceOf(FencedException.class);
        assertThat(bench.table("kept").size()).isEqualTo(2);
    }

    @Test
    public void namesLinksAndMonitorsStay() throws Exception {
        Bundle plugin = bench.start(puppets("swapped", "1.0.0"));
        Spawned process = bench.spawn(ProcessSpec.of("swapped").name("first"));
        Spawned linked = bench.spawn();
        Spawned watched = bench.spawn();
        linked.runs(self -> {
            self.trapExits(true);
            self.link(process.pid());
            self.monitor(process.pid());
        });
        long monitor = process.does(self -> {
            self.register("second");
            self.trapExits(true);
            return self.monitor(watched.pid());
        });

        plugin.stop();
        watched.killed();
        bench.update(plugin, puppets("swapped", "2.0.0"));
        plugin.start();

        assertThat(process.info().names()).containsExactly("first", "second");
        assertThat(bench.processes().whereis("second")).contains(process.pid());
        assertThat(process.signals()).containsExactly(new Signal.Down(monitor, watched.pid(), ExitReason.KILLED));
        assertThat(linked.signals()).isEmpty();
        bench.processes().exit(process.pid(), ExitReason.SHUTDOWN);
        assertThat(process.signals()).as("it still traps").hasSize(2);
        process.killed();
        assertThat(linked.signals()).hasSize(2);
    }

    @Test
    public void timersStay_andFireIntoTheNextVersion() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        long cancelled = process.does(self -> {
            self.sendAfter(Duration.ofMillis(100), "second");
            self.sendAfter(Duration.ZERO, "first");
            return self.sendAfter(Duration.ofHours(1), "never");
        });

        Wait.until("the first timer has fired", () -> process.journal().contains("first"));

        bench.update(plugin, puppets(PUPPET, "2.0.0"));

        Wait.until("the second timer has fired", () -> process.journal().contains("second"));
        assertThat(process.journal())
                .containsExactlyInAnyOrder("started 1.0.0", "first", "resumed 2.0.0 from 1.0.0", "second");
        assertThat(process.<Boolean>does(self -> self.cancel(cancelled))).isTrue();
    }

    @Test
    public void timerFiresWhileTheModuleIsAway_andIsHandledAfterwards() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        process.runs(self -> self.sendAfter(Duration.ofMillis(500), "fired"));

        plugin.stop();
        Wait.until("the timer has fired", () -> process.info().queued() == 1);
        plugin.start();

        assertThat(process.journal()).endsWith("fired");
    }

    @Test
    public void transferThatComesMeanwhile_isHandledByTheNextVersion() throws Exception {
        Bundle plugin = bench.start(puppets("swapped", "1.0.0"));
        Spawned heir = bench.spawn(ProcessSpec.of("swapped"));
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(heir.recipient(), "gift")));
        plugin.stop();

        owner.killed();
        assertThat(bench.table("legacy").owner()).isEqualTo(new Owner.Process(heir.pid(), "swapped"));
        plugin.start();

        heir.transfer().table().insert(Tuple.of("the handle", "works"));
        assertThat(heir.transfer().gift()).isEqualTo("gift");
    }

    @Test
    public void handlerFinishesFirst_whenItsBundleIsStopped() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        AtomicBoolean release = new AtomicBoolean();
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        CompletableFuture<Object> call = process.starts(self -> {
            events.add("running");
            Wait.until("it may go on", release::get);
            return "finished";
        });
        Wait.next(events);

        CompletableFuture<Void> update = Background.run(() -> bench.update(plugin, puppets(PUPPET, "2.0.0")));
        Bench.awaitCodeIsWantedBack();
        assertThat(call).isNotDone();
        release.set(true);

        Wait.result(update);
        assertThat(Wait.result(call)).isEqualTo("finished");
        assertThat(process.journal()).containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0");
    }

    @Test
    public void suspendedProcessCanBeKilled_andAskedToEnd() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned killed = bench.spawn();
        Spawned asked = bench.spawn();
        plugin.stop();
        var ended = bench.processes().exited(asked.pid());

        killed.killed();
        bench.processes().exit(asked.pid(), ExitReason.SHUTDOWN);

        assertThat(killed.alive()).isFalse();
        assertThat(Wait.result(ended)).isEqualTo(ExitReason.SHUTDOWN);
    }

    @Test
    public void processCrashes_whenTheNextVersionFailsToResume() throws Exception {
        for (String trouble : List.of("resume", "newWorker")) {
            Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
            Spawned process = bench.spawn();
            process.does(self -> self.tables().claim(TableSpec.of("kept")));
            var ended = bench.processes().exited(process.pid());

            bench.update(plugin, puppets(PUPPET, "2.0.0").header("Puppet-Trouble", trouble));

            assertThat(Wait.result(ended))
                    .isInstanceOfSatisfying(ExitReason.Crashed.class, crash -> assertThat(crash.description())
                            .contains(trouble + " does not want to"));
            assertThat(bench.inEscrow("kept")).isTrue();
            plugin.uninstall();
            bench.escrow().drop("kept");
        }
    }

    @Test
    public void processCrashes_whenItCannotHandOverItsState() throws Exception {
        for (String trouble : List.of("suspend", "own state")) {
            Bundle plugin = bench.start(puppets(PUPPET, "1.0.0").header("Puppet-Trouble", trouble));
            Spawned process = bench.spawn();
            var ended = bench.processes().exited(process.pid());

            bench.update(plugin, puppets(PUPPET, "2.0.0"));

            assertThat(Wait.result(ended)).isInstanceOf(ExitReason.Crashed.class);
            assertThat(bench.spawn().version()).isEqualTo("2.0.0");
            plugin.uninstall();
        }
    }

    @Test
    public void manyProcessesAreSwapped_inOneUpdate() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        List<Spawned> processes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            processes.add(bench.spawn());
        }

        bench.update(plugin, puppets(PUPPET, "2.0.0"));

        assertThat(processes).allSatisfy(process -> assertThat(process.journal())
                .containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0"));
    }
}
