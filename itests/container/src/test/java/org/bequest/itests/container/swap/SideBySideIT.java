// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Log;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ModuleInfo;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** A second bundle offers the same module: the higher version runs, and there is a way back. */
public class SideBySideIT extends ContainerTest {
    private void waitForVersion(Spawned process, String version) {
        Wait.until(process.pid() + " runs " + version, () -> process.version().equals(version));
    }

    @Test
    public void higherVersionTakesOver_withTheState() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn("named");
        process.casts("kept");
        process.version(); // code may be changed before a message that waits

        bench.start(puppets(PUPPET, "2.0.0"));

        waitForVersion(process, "2.0.0");
        assertThat(process.journal()).containsExactly("started 1.0.0", "kept", "resumed 2.0.0 from 1.0.0");
        assertThat(process.info().names()).containsExactly("named");
        assertThat(process.info().version()).isEqualTo(new Version("2.0.0"));
    }

    @Test
    public void processGoesOn_whenTheOldBundleIsUninstalledAfterwards() throws Exception {
        Bundle old = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        bench.start(puppets(PUPPET, "2.0.0"));
        waitForVersion(process, "2.0.0");

        old.uninstall();

        assertThat(process.journal()).containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0");
        assertThat(bench.spawn().version()).isEqualTo("2.0.0");
    }

    @Test
    public void processGoesOver_whenTheOldBundleIsUninstalledAtOnce() throws Exception {
        Bundle old = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        bench.start(puppets(PUPPET, "2.0.0"));

        old.uninstall();

        assertThat(process.journal()).containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0");
    }

    @Test
    public void lowerOrEqualVersionTakesNothingOver() throws Exception {
        Bundle first = bench.start(puppets(PUPPET, "2.0.0"));
        Spawned process = bench.spawn();

        Bundle lower = bench.start(puppets(PUPPET, "1.0.0"));
        Bundle equal = bench.start(puppets(PUPPET, "2.0.0").header(Constants.BUNDLE_SYMBOLICNAME, "another"));

        assertThat(process.journal()).containsExactly("started 2.0.0");
        assertThat(bench.spawn().version()).isEqualTo("2.0.0");
        assertThat(bench.processes().modules())
                .filteredOn(module -> module.name().equals(PUPPET))
                .singleElement()
                .satisfies(module -> assertThat(module.providers())
                        .extracting(ModuleInfo.Provider::bundleId)
                        .containsExactly(first.getBundleId(), equal.getBundleId(), lower.getBundleId()));
    }

    @Test
    public void processesGoBack_whenTheHigherVersionIsStopped() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Bundle higher = bench.start(puppets(PUPPET, "2.0.0"));
        waitForVersion(process, "2.0.0");
        process.casts("in the higher one");
        process.version();

        higher.stop();

        waitForVersion(process, "1.0.0");
        higher.start();
        waitForVersion(process, "2.0.0");
        higher.uninstall();
        assertThat(process.journal())
                .containsExactly(
                        "started 1.0.0",
                        "resumed 2.0.0 from 1.0.0",
                        "in the higher one",
                        "resumed 1.0.0 from 2.0.0",
                        "resumed 2.0.0 from 1.0.0",
                        "resumed 1.0.0 from 2.0.0");
    }

    @Test
    public void processGoesBackWithItsState_whenTheHigherVersionFailsToResume() throws Exception {
        for (String trouble : List.of("resume", "newWorker")) {
            Bundle old = bench.start(puppets(PUPPET, "1.0.0"));
            Spawned process = bench.spawn();
            process.casts("kept");
            process.runs(self -> self.tables().create(TableSpec.of("kept")).insert(Tuple.of("k", "v")));
            process.version();
            Bundle broken;
            try (Log log = Log.open()) {
                broken = bench.start(puppets(PUPPET, "2.0.0").header("Puppet-Trouble", trouble));

                Wait.until("it has been tried", () -> process.journal().size() == 3);
                assertThat(log.text())
                        .contains(process.pid().toString())
                        .contains("2.0.0")
                        .contains(trouble + " does not want to");
            }
            process.casts("goes on");

            assertThat(process.journal())
                    .containsExactly("started 1.0.0", "kept", "resumed 1.0.0 from 1.0.0", "goes on");
            assertThat(process.info().version()).isEqualTo(new Version("1.0.0"));
            process.runs(self -> self.tables().open("kept").insert(Tuple.of("k2", "v2")));
            process.killed();
            old.uninstall();
            broken.uninstall();
        }
    }

    @Test
    public void nextVersionIsTried_afterOneThatFailedToResume() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Bundle broken = bench.start(puppets(PUPPET, "2.0.0").header("Puppet-Trouble", "resume"));
        Wait.until("it has been tried", () -> process.journal().size() == 2);

        bench.update(broken, puppets(PUPPET, "2.0.1"));

        waitForVersion(process, "2.0.1");
        assertThat(process.journal())
                .containsExactly("started 1.0.0", "resumed 1.0.0 from 1.0.0", "resumed 2.0.1 from 1.0.0");
    }

    @Test
    public void processStays_whenItFailsToHandOver() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0").header("Puppet-Trouble", "suspend"));
        Spawned process = bench.spawn();
        process.casts("kept");
        try (Log log = Log.open()) {
            bench.start(puppets(PUPPET, "2.0.0"));

            Wait.until("that is reported", () -> log.text().contains("suspend does not want to"));
        }
        assertThat(process.journal()).containsExactly("started 1.0.0", "kept");
    }

    @Test
    public void oldHandlesAreFenced_thoughTheOldBundleStays() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Table old = process.does(self -> self.tables().create(TableSpec.of("kept")));

        bench.start(puppets(PUPPET, "2.0.0"));
        waitForVersion(process, "2.0.0");

        process.runs(self -> self.tables().open("kept").insert(Tuple.of("k", "v")));
        assertThatThrownBy(() -> old.insert(Tuple.of("zombie"))).isInstanceOf(FencedException.class);
        assertThat(bench.tables().open("kept").toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void everyMessageIsHandledOnceAndInOrder_whileVersionsComeAndGo() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> sender = Background.run(() -> {
            while (!over.get()) {
                process.casts(sent.incrementAndGet());
                if (sent.get() % 10 == 0) {
                    process.version();
                }
            }
        });

        List<Bundle> bundles = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            Bundle next = bench.start(puppets(PUPPET, "1." + i));
            waitForVersion(process, "1." + i + ".0");
            bundles.add(next);
            if (i % 3 == 0) {
                next.stop();
                waitForVersion(process, "1." + (i - 1) + ".0");
            }
        }
        over.set(true);
        Wait.result(sender);

        List<Object> numbers = process.journal().stream()
                .filter(entry -> entry instanceof Long)
                .toList();
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, sent.get()).boxed().toList());
        assertThat(process.info().fenced()).isZero();
    }
}
