// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Hashtable;
import java.util.List;
import java.util.stream.IntStream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.Rogue;
import org.bequest.itests.container.plugin.RogueActivator;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.StartFailedException;
import org.bequest.process.WorkerModule;
import org.bequest.table.Recipient;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A plugin that does everything wrong: the kernel, and a plugin that does well, go on. */
public class RoguePluginIT extends ContainerTest {
    private Bundle plugin;
    private Spawned good;
    private int counted;

    private static PluginJar rogues(String version) {
        return PluginJar.named("plugin.rogue")
                .version(version)
                .activator(RogueActivator.class)
                .classes(Rogue.class);
    }

    @Before
    public void startBoth() throws Exception {
        plugin = bench.start(rogues("1.0.0"));
        good = bench.spawn("good");
        good.does(self -> self.tables().claim(TableSpec.of("of the good")));
    }

    /** After whatever a rogue did, the good one works: on its process, its table, and with new processes. */
    @After
    public void theGoodOneGoesOn() throws Exception {
        assertGoodGoesOn();
        assertThat(good.signals()).isEmpty();
        assertThat(bench.tables().open("of the good").toList()).containsExactly(Tuple.of("count", counted));
    }

    private void assertGoodGoesOn() throws Exception {
        for (int i = 0; i < 20; i++) {
            counted++;
            long count = good.does(
                    self -> self.tables().open("of the good").updateCounter("count", 1, 1, Tuple.of("count", 0)));
            assertThat(count).isEqualTo(counted);
            assertThat(good.<Boolean>does(self -> Thread.currentThread().isInterrupted()))
                    .isFalse();
        }
        Spawned another = bench.spawn();
        another.does(self -> self.tables().create(TableSpec.of("of another")));
        another.killed();
    }

    private Spawned rogue() throws Exception {
        return bench.spawn(ProcessSpec.of("rogue"));
    }

    @Test
    public void onlyTheRogueEnds_whenItsHandlerFails() throws Exception {
        for (String misdeed : Rogue.FATAL) {
            Spawned rogue = rogue();
            var ended = bench.processes().exited(rogue.pid());

            rogue.casts(misdeed);

            assertThat(Wait.result(ended)).as(misdeed).isInstanceOf(ExitReason.Crashed.class);
            assertGoodGoesOn();
        }
    }

    @Test
    public void onlyTheRogueEnds_whenItOffersAListWithoutEnd() throws Exception {
        Spawned rogue = rogue();
        var ended = bench.processes().exited(rogue.pid());

        rogue.casts("offer a list without end");
        assertGoodGoesOn();

        assertThat(Wait.result(ended))
                .isInstanceOfSatisfying(ExitReason.Crashed.class, crash -> assertThat(crash.description())
                        .contains("NotATermException"));
    }

    @Test
    public void onlyTheSpawnFails_whenTheRogueFailsToStart() throws Exception {
        for (String misdeed : Rogue.FATAL) {
            assertThatThrownBy(() -> bench.spawn(
                            ProcessSpec.of("rogue").argument(misdeed).name("rogue")))
                    .as(misdeed)
                    .isInstanceOf(StartFailedException.class);
            assertThat(bench.processes().whereis("rogue")).isEmpty();
            assertGoodGoesOn();
        }
    }

    @Test
    public void othersGoOn_whateverARogueLeavesBehind() throws Exception {
        for (String misdeed : Rogue.NASTY) {
            Spawned rogue = rogue();

            bench.processes().call(rogue.pid(), misdeed, Wait.LIMIT);

            assertGoodGoesOn();
            rogue.killed();
            assertThat(rogue.alive()).isFalse();
        }
    }

    @Test
    public void othersGoOn_whileManyRoguesBlockForEver() throws Exception {
        List<Spawned> rogues = IntStream.range(0, 8)
                .mapToObj(i -> {
                    try {
                        return rogue();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();

        rogues.forEach(rogue -> rogue.casts("block for ever"));

        assertGoodGoesOn();
        rogues.forEach(Spawned::killed);
    }

    @Test
    public void blockedRogueIsFencedOff_whenItsPluginIsUninstalled() throws Exception {
        Spawned rogue = rogue();
        rogue.casts("block for ever");
        var ended = bench.processes().exited(rogue.pid());

        plugin.uninstall();

        assertThat(Wait.result(ended)).isInstanceOf(ExitReason.ModuleUninstalled.class);
    }

    @Test
    public void rogueThatThrowsWhenReplaced_crashes() throws Exception {
        Spawned suspending = rogue();
        Spawned resuming = rogue();
        bench.processes().call(suspending.pid(), "throw when replaced", Wait.LIMIT);
        var first = bench.processes().exited(suspending.pid());
        var second = bench.processes().exited(resuming.pid());

        bench.update(plugin, rogues("2.0.0"));

        assertThat(Wait.result(first)).isInstanceOf(ExitReason.Crashed.class);
        assertThat(Wait.result(second)).isInstanceOf(ExitReason.Crashed.class);
    }

    @Test
    public void rogueThatThrowsInStop_endsAllTheSame() throws Exception {
        Spawned rogue = rogue();
        var ended = bench.processes().exited(rogue.pid());

        bench.processes().exit(rogue.pid(), ExitReason.SHUTDOWN);

        assertThat(Wait.result(ended)).isEqualTo(ExitReason.SHUTDOWN);
    }

    @Test
    public void zombiesOfARogueReachNobody_onceItIsReplaced() throws Exception {
        Spawned rogue = rogue();
        bench.processes().call(rogue.pid(), "start threads", Wait.LIMIT);
        Wait.until("the threads send", () -> good.journal().contains("from a zombie"));

        rogue.killed();

        int heard = good.journal().size();
        assertGoodGoesOn();
        assertThat(good.journal())
                .as("but for the one message that each thread was about to send")
                .hasSizeLessThanOrEqualTo(heard + 3);
    }

    @Test
    public void transferIsMade_thoughTheListenerThrows() throws Exception {
        bench.processes().call(rogue().pid(), "register a listener that throws", Wait.LIMIT);
        bench.tablesOf(plugin);

        good.runs(self -> self.tables().create(TableSpec.of("given")).giveAway(Recipient.bundle("plugin.rogue"), null));

        assertThat(bench.table("given").owner()).hasToString("bundle plugin.rogue [" + plugin.getBundleId() + "]");
    }

    @Test
    public void classLoaderOfTheRogueIsCollected_afterAllThatDoesNotBlock() throws Exception {
        for (String misdeed : Rogue.FATAL) {
            rogue().casts(misdeed);
        }
        for (String misdeed : Rogue.NASTY) {
            if (!misdeed.startsWith("lock")) {
                bench.processes().call(rogue().pid(), misdeed, Wait.LIMIT);
            }
        }
        ClassLoaderWatch watch = ClassLoaderWatch.of(plugin);

        plugin.uninstall();

        watch.assertCollected();
    }

    @Test
    public void badPropertiesOfAModule_harmNobody() throws Exception {
        for (Object bad : List.of(7, "", List.of(), new Object[] {null})) {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(WorkerModule.MODULE, bad);
            properties.put(WorkerModule.GRACE_MS, "soon");
            properties.put(WorkerModule.TIMEOUT_MS, -1L);
            properties.put(WorkerModule.BLOCKING, "perhaps");
            properties.put(WorkerModule.SERVICES, 42);
            plugin.getBundleContext().registerService(WorkerModule.class, Rogue::new, properties);
        }
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(WorkerModule.MODULE, "half right");
        properties.put(WorkerModule.GRACE_MS, "soon");
        properties.put(WorkerModule.SERVICES, 42);
        plugin.getBundleContext().registerService(WorkerModule.class, Rogue::new, properties);

        assertThat(bench.processes().list()).isNotEmpty();
    }
}
