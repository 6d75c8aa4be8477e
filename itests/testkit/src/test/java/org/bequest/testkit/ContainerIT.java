// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.table.Owner;
import org.bequest.table.TableManager;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.plugin.CounterActivator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** What the test of a plugin does with the kit. */
final class ContainerIT {
    private Container container;
    private Processes processes;
    private Tables tables;

    @BeforeEach
    void start() throws Exception {
        container = Container.start();
        processes = container.service(Processes.class);
        tables = container.service(Tables.class);
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    static PluginJar counter(String version) {
        return PluginJar.named("counter").version(version).activator(CounterActivator.class);
    }

    /** A process of the plugin that has counted to two. */
    private Pid counting() {
        Pid pid = processes.spawn(ProcessSpec.of("counter"));
        assertThat(count(pid)).isEqualTo(1);
        assertThat(count(pid)).isEqualTo(2);
        return pid;
    }

    private long count(Pid pid) {
        return (Long) processes.call(pid, "call", Wait.LIMIT);
    }

    @Test
    void rowsAndProcessAreKeptAndOldCodeIsGone_whenAPluginIsUpdatedInPlace() throws Exception {
        Bundle plugin = container.start(counter("1.0.0"));
        Pid pid = counting();
        RowsWatch rows = RowsWatch.of(tables, "counts");
        ClassLoaderWatch oldCode = ClassLoaderWatch.of(plugin);

        container.update(plugin, counter("2.0.0"));

        rows.assertKept();
        oldCode.assertCollected();
        assertThat(count(pid)).isEqualTo(3);
        assertThat(plugin.getVersion()).hasToString("2.0.0");
    }

    @Test
    void rowsAndProcessAreKeptAndOldCodeIsGone_whenAPluginIsSwappedSideBySide() throws Exception {
        Bundle plugin = container.start(counter("1.0.0"));
        Pid pid = counting();
        RowsWatch rows = RowsWatch.of(tables, "counts");
        ClassLoaderWatch oldCode = ClassLoaderWatch.of(plugin);

        Bundle next = container.swap(plugin, counter("2.0.0"));

        rows.assertKept();
        assertThat(plugin.getState()).isEqualTo(Bundle.UNINSTALLED);
        assertThat(processes.info(pid).orElseThrow().version()).isEqualTo(next.getVersion());
        oldCode.assertCollected();
        assertThat(count(pid)).isEqualTo(3);
    }

    @Test
    void swapFailsAndSaysWhichProcess_whenTheNextVersionCannotTakeOver() throws Exception {
        Bundle plugin = container.start(counter("1.0.0"));
        Pid pid = counting();

        assertThatThrownBy(() -> container.swap(plugin, counter("2.0.0").header(CounterActivator.BROKEN, "true")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Not every process of counter")
                .hasMessageContaining(pid.toString())
                .hasMessageContaining("broken");

        assertThat(plugin.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(processes.info(pid).orElseThrow().version()).isEqualTo(plugin.getVersion());
        assertThat(count(pid)).isEqualTo(3);
    }

    @Test
    void rowsAreKept_whenAPluginIsUninstalledAndInstalledAgain() throws Exception {
        Bundle plugin = container.start(counter("1.0.0"));
        counting();
        RowsWatch rows = RowsWatch.of(tables, "counts");

        plugin.uninstall();
        container.refresh(plugin);
        container.start(counter("1.0.0"));

        rows.assertKept();
        assertThat(count(processes.spawn(ProcessSpec.of("counter")))).isEqualTo(3);
    }

    @Test
    void oldCodeIsSeenToLeak_whenOneOfItsClassesIsHeld() throws Exception {
        Bundle plugin = container.start(counter("1.0.0"));
        Class<?> leak = plugin.loadClass(CounterActivator.class.getName());
        ClassLoaderWatch oldCode = ClassLoaderWatch.of(plugin);

        container.update(plugin, counter("2.0.0"));

        assertThat(oldCode.collectedWithin(20)).isFalse();
        assertThat(leak).as("its own class").isNotEqualTo(CounterActivator.class);
    }

    @Test
    void rowsAreKept_whenTheProcessIsKilled() throws Exception {
        container.start(counter("1.0.0"));
        Pid pid = counting();
        RowsWatch rows = RowsWatch.of(tables, "counts");

        processes.exit(pid, ExitReason.KILLED);

        rows.assertKept();
        assertThat(count(processes.spawn(ProcessSpec.of("counter")))).isEqualTo(3);
    }

    @Test
    void tablesAreOfTheBundleThatAsks() throws Exception {
        Bundle asking = container.start(PluginJar.named("asking"));

        container.service(Tables.class, asking).claim(TableSpec.of("its own"));
        tables.claim(TableSpec.of("the test's"));

        assertThat(tables.find("its own").orElseThrow().owner())
                .isEqualTo(new Owner.Bundle("asking", asking.getBundleId()));
        assertThat(tables.find("the test's").orElseThrow().owner())
                .isInstanceOfSatisfying(Owner.Bundle.class, owner -> assertThat(owner.symbolicName())
                        .isEqualTo("test"));
        asking.stop();
        assertThatThrownBy(() -> container.service(Tables.class, asking)).hasMessageContaining("not active");
    }

    @Test
    void tableManagerIsThere() {
        assertThat(container.service(TableManager.class)).isNotNull();
    }

    @Test
    void onlyWhatWasInstalledGoes_whenTheFrameworkIsSomebodyElses() throws Exception {
        Bundle plugin;
        try (Container guest = Container.of(container.context())) {
            plugin = guest.start(counter("1.0.0"));
            assertThat(count(guest.service(Processes.class).spawn(ProcessSpec.of("counter"))))
                    .isEqualTo(1);
        }

        assertThat(plugin.getState()).isEqualTo(Bundle.UNINSTALLED);
        assertThat(tables.open("counts").toList()).containsExactly(Tuple.of("call", 1));
    }

    @Test
    void nothingIsLeft_whenItIsClosed() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Container another = Container.start();
        another.start(counter("1.0.0"));
        Processes its = another.service(Processes.class);
        its.call(its.spawn(ProcessSpec.of("counter")), "call", Wait.LIMIT);
        Path storage = another.context().getDataFile("").toPath();
        assertThat(storage).exists();

        another.close();

        assertThat(storage).doesNotExist();
        try (var temporary = Files.list(storage.getRoot().resolve(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary.filter(file -> storage.startsWith(file))).isEmpty();
        }
        Wait.untilEmpty("no thread is left", () -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .toList());
    }
}
