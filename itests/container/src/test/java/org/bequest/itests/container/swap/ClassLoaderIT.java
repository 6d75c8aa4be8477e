// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.ClaimActivator;
import org.bequest.itests.container.plugin.Puppet;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.table.TableSpec;
import org.bequest.testkit.Background;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** After a swap nothing holds the old bundle's class loader; the garbage collector says so. */
public class ClassLoaderIT extends ContainerTest {
    private static PluginJar plugin(String version, boolean blocking) {
        PluginJar jar = puppets(PUPPET, version);
        return blocking ? jar.header("Puppet-Blocking", "true") : jar;
    }

    /** Processes that have worked, and left what plugins leave behind. */
    private List<Spawned> littering() throws Exception {
        List<Spawned> processes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Spawned process = bench.spawn();
            process.does(self -> self.tables().claim(TableSpec.of("of " + self.pid())));
            assertThat(bench.processes().call(process.pid(), "litter", Wait.LIMIT))
                    .isNull();
            process.casts("something");
            process.asked((self, caller) -> {}); // never answered
            processes.add(process);
        }
        return processes;
    }

    @Test
    public void classLoaderIsCollected_afterAnUpdateInPlace() throws Exception {
        for (boolean blocking : new boolean[] {false, true}) {
            Bundle bundle = bench.start(plugin("1.0.0", blocking));
            List<Spawned> processes = littering();
            ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

            bench.update(bundle, plugin("2.0.0", blocking));

            old.assertCollected();
            assertThat(processes)
                    .allSatisfy(process -> assertThat(process.version()).isEqualTo("2.0.0"));
            processes.forEach(Spawned::killed);
            bundle.uninstall();
        }
    }

    @Test
    public void classLoaderIsCollected_whileProcessesWaitForTheirModule() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0", false));
        List<Spawned> processes = littering();
        ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

        bundle.stop();
        bench.refresh(bundle);

        old.assertCollected();
        assertThat(processes).allMatch(Spawned::alive);
    }

    @Test
    public void classLoaderIsCollected_afterASwapSideBySide() throws Exception {
        for (boolean blocking : new boolean[] {false, true}) {
            Bundle bundle = bench.start(plugin("1.0.0", blocking));
            List<Spawned> processes = littering();
            ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

            Bundle higher = bench.start(plugin("2.0.0", blocking));
            for (Spawned process : processes) {
                Wait.until("it runs the new code", () -> process.version().equals("2.0.0"));
            }
            bundle.uninstall();

            old.assertCollected();
            processes.forEach(Spawned::killed);
            higher.uninstall();
        }
    }

    @Test
    public void classLoaderIsCollected_afterUninstall() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0", false));
        List<Spawned> processes = littering();
        ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

        bundle.uninstall();

        old.assertCollected();
        assertThat(processes).noneMatch(Spawned::alive);
    }

    @Test
    public void classLoaderIsCollected_afterItsProcessesHaveCrashed() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0", false));
        Spawned crashing = bench.spawn();
        Spawned watching = bench.spawn();
        watching.does(self -> self.monitor(crashing.pid()));
        var reason = bench.processes().exited(crashing.pid());
        bench.processes().cast(crashing.pid(), "crash with an exception of your own");
        assertThat(Wait.result(reason))
                .isInstanceOfSatisfying(ExitReason.Crashed.class, crash -> assertThat(crash.description())
                        .contains(Puppet.OwnException.class.getName()));
        ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

        bench.update(bundle, plugin("2.0.0", false));

        old.assertCollected();
        assertThat(Wait.result(reason).toString()).contains("crashed");
    }

    @Test
    public void classLoaderOfARefusedVersionIsCollected() throws Exception {
        bench.start(plugin("1.0.0", false));
        Spawned process = bench.spawn();
        Bundle broken = bench.start(plugin("2.0.0", false).header("Puppet-Trouble", "resume"));
        Wait.until("it has been tried", () -> process.journal().size() == 2);
        ClassLoaderWatch old = ClassLoaderWatch.of(broken);

        broken.uninstall();

        old.assertCollected();
        assertThat(process.version()).isEqualTo("1.0.0");
    }

    @Test
    public void classLoaderIsCollected_onceAFencedHandlerHasComeBack() throws Exception {
        for (boolean blocking : new boolean[] {false, true}) {
            Bundle bundle = bench.start(plugin("1.0.0", blocking).header("Puppet-Grace", "50"));
            Spawned process = bench.spawn();
            AtomicBoolean release = new AtomicBoolean();
            CountDownLatch stuck = new CountDownLatch(1);
            process.casts((Consumer<Self>) self -> {
                stuck.countDown();
                while (!release.get()) {
                    Thread.onSpinWait();
                }
            });
            Wait.until("it is stuck", stuck);
            ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

            bench.update(bundle, plugin("2.0.0", blocking));
            assertThat(process.version()).isEqualTo("2.0.0");
            assertThat(old.collectedWithin(3)).as("while the handler runs").isFalse();
            release.set(true);

            old.assertCollected();
            process.killed();
            bundle.uninstall();
        }
    }

    @Test
    public void classLoaderIsCollected_whileACallerStillWaits() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0", false));
        Spawned process = bench.spawn();
        CompletableFuture<Object> waiting = process.asked((self, caller) -> {});
        ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

        bench.update(bundle, plugin("2.0.0", false));

        old.assertCollected();
        assertThat(waiting).isNotDone();
    }

    @Test
    public void classLoaderIsCollected_ofAPluginThatOnlyClaimsATable() throws Exception {
        Bundle bundle = bench.start(PluginJar.named("claims").activator(ClaimActivator.class));
        for (int i = 1; i <= 5; i++) {
            ClassLoaderWatch old = ClassLoaderWatch.of(bundle);

            bench.update(bundle, PluginJar.named("claims").version("1.0." + i).activator(ClaimActivator.class));

            old.assertCollected();
        }
        assertThat(bench.tables().open("starts").size()).isEqualTo(6);
    }

    @Test
    public void everyClassLoaderIsCollected_afterManyUpdatesUnderLoad() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0", false));
        Spawned process = bench.spawn();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> load = Background.run(() -> {
            while (!over.get()) {
                process.version();
            }
        });
        List<ClassLoaderWatch> watches = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            watches.add(ClassLoaderWatch.of(bundle));
            bench.update(bundle, plugin("1.0." + i, false));
        }
        over.set(true);
        Wait.result(load);

        for (ClassLoaderWatch watch : watches) {
            watch.assertCollected();
        }
    }
}
