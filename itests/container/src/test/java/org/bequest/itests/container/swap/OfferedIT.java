// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.puppets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.Signal;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Watching who offers a module. */
public class OfferedIT extends ContainerTest {
    private Spawned watcher;

    @Before
    public void spawnWatcher() throws Exception {
        watcher = bench.spawn();
    }

    private static Signal offered(String... versions) {
        return new Signal.Offered(
                "watched", Arrays.stream(versions).map(Version::new).toList());
    }

    @Test
    public void watcherHearsWhoOffersTheModule_atOnceAndWithEachChange() throws Exception {
        watcher.runs(self -> self.watchModule("watched"));
        watcher.runs(self -> self.watchModule("watched"));
        assertThat(watcher.signals()).containsExactly(offered());

        Bundle first = bench.start(puppets("watched", "1.0.0"));
        bench.start(puppets("other", "1.0.0"));
        bench.start(puppets("watched", "2.0.0"));
        bench.start(puppets("watched", "2.0.0").header(Constants.BUNDLE_SYMBOLICNAME, "another"));
        bench.update(first, puppets("watched", "3.0.0"));

        assertThat(watcher.signals())
                .containsExactly(
                        offered(),
                        offered("1.0.0"),
                        offered("2.0.0", "1.0.0"),
                        offered("2.0.0", "1.0.0"),
                        offered("2.0.0"),
                        offered("3.0.0", "2.0.0"));
    }

    @Test
    public void nothingComes_afterTheWatchIsTakenBack() throws Exception {
        bench.start(puppets("watched", "1.0.0"));
        watcher.runs(self -> self.watchModule("watched"));
        watcher.runs(self -> self.unwatchModule("watched"));

        bench.start(puppets("watched", "2.0.0"));

        assertThat(watcher.signals()).containsExactly(offered("1.0.0"));
    }

    @Test
    public void watchEnds_withTheProcess() throws Exception {
        watcher.runs(self -> self.watchModule("watched"));
        watcher.killed();

        bench.start(puppets("watched", "1.0.0"));

        assertThat(watcher.alive()).isFalse();
    }

    @Test
    public void lastSignalSaysHowItIs_whenBundlesComeAndGoAtOnce() throws Exception {
        watcher.runs(self -> self.watchModule("watched"));
        List<Bundle> bundles = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            bundles.add(bench.install(puppets("watched", i + ".0.0")));
        }
        for (int round = 0; round < 25; round++) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (Bundle bundle : bundles) {
                all.add(Background.run(bundle::start));
            }
            all.forEach(Wait::result);
            assertThat(last()).isEqualTo(offered("4.0.0", "3.0.0", "2.0.0", "1.0.0"));
            all.clear();
            for (Bundle bundle : bundles) {
                all.add(Background.run(bundle::stop));
            }
            all.forEach(Wait::result);
            assertThat(last()).isEqualTo(offered());
        }
    }

    private Signal last() {
        List<Signal> signals = watcher.signals();
        return signals.get(signals.size() - 1);
    }
}
