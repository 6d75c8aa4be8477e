// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;
import static org.bequest.itests.container.kit.Spawned.failure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Log;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.Puppet;
import org.bequest.process.CallFailedException;
import org.bequest.process.Self;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Messages that hold an object of the code that is replaced while they wait. */
public class CarriedObjectsIT extends ContainerTest {
    /** An object of the bundle's own class. */
    private static Object own(Bundle plugin) throws Exception {
        return plugin.loadClass(Puppet.Own.class.getName()).getConstructor().newInstance();
    }

    /** Ways to carry it in what the JDK brings. */
    private static List<Object> carriers(Object own) {
        return List.of(
                own,
                List.of("in a list", own),
                Map.of("in a map", List.of(own)),
                new Object[] {"in an array", own},
                Optional.of(own),
                Arrays.asList(null, new Object[][] {{own}}));
    }

    /** Keeps the process busy while messages are queued, then updates the bundle under it. */
    private void queuedOverAnUpdate(Bundle plugin, Spawned process, Runnable queueing) throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        process.casts((Consumer<Self>) self -> {
            busy.countDown();
            Wait.until("all is queued", queued);
        });
        Wait.until("the process is busy", busy);
        queueing.run();
        CompletableFuture<Void> update = Background.run(() -> bench.update(plugin, puppets(PUPPET, "2.0.0")));
        Bench.awaitCodeIsWantedBack();
        queued.countDown();
        Wait.result(update);
    }

    private static void assertFailedBack(Spawned process, CompletableFuture<Object> call) {
        assertThat(failure(call))
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining(process.pid().toString())
                .hasMessageContaining("plugin." + PUPPET);
    }

    @Test
    public void requestIsFailedBack_thatCarriesAnObjectOfTheReplacedBundle() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        List<Object> carriers = carriers(own(plugin));
        List<CompletableFuture<Object>> calls = new ArrayList<>();

        queuedOverAnUpdate(plugin, process, () -> {
            carriers.forEach(carrier -> calls.add(process.asks(carrier)));
            Wait.until("all are queued", () -> process.info().queued() == carriers.size());
        });

        calls.forEach(call -> assertFailedBack(process, call));
        assertThat(process.journal()).containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0");
    }

    @Test
    public void requestIsFailedBack_thatIsSentWhileTheModuleIsAway() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Object own = own(plugin);
        plugin.stop();
        CompletableFuture<Object> call = process.asks(own);
        Wait.until("it is queued, or failed", () -> process.info().queued() == 1 || call.isDone());

        bench.update(plugin, puppets(PUPPET, "2.0.0"));
        plugin.start();

        assertFailedBack(process, call);
    }

    @Test
    public void castIsDroppedWithAWarning_thatCarriesAnObjectOfTheReplacedBundle() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        List<Object> carriers = carriers(own(plugin));
        process.runs(self -> self.sendAfter(Duration.ofMillis(1), "fires"));
        try (Log log = Log.open()) {
            queuedOverAnUpdate(plugin, process, () -> {
                process.casts("before");
                carriers.forEach(process::casts);
                process.casts(Tuple.of("after"));
            });

            assertThat(log.text()).contains("WARN").contains(process.pid().toString());
        }
        assertThat(process.journal())
                .containsExactlyInAnyOrder(
                        "started 1.0.0", "resumed 2.0.0 from 1.0.0", "before", Tuple.of("after"), "fires")
                .containsSubsequence("before", Tuple.of("after"));
    }

    @Test
    public void timerDoesNotFire_thatCarriesAnObjectOfTheReplacedBundle() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Object own = own(plugin);
        long timer = process.does(self -> self.sendAfter(Duration.ofHours(1), List.of(own)));

        bench.update(plugin, puppets(PUPPET, "2.0.0"));

        assertThat(process.<Boolean>does(self -> self.cancel(timer))).isFalse();
    }

    @Test
    public void messagesWithObjectsOfBundlesThatStay_areKept() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Bundle other = bench.start(puppets("other", "1.0.0"));
        Spawned process = bench.spawn();
        Object staying =
                other.loadClass(Puppet.Own.class.getName()).getConstructor().newInstance();

        queuedOverAnUpdate(plugin, process, () -> {
            process.casts(staying);
            process.casts(List.of(staying));
        });

        assertThat(process.journal())
                .containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0", staying, List.of(staying));
    }

    @Test
    public void requestIsFailedBack_whenTheReplacementComesSideBySide() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Object own = own(plugin);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        process.casts((Consumer<Self>) self -> {
            busy.countDown();
            Wait.until("all is queued", queued);
        });
        Wait.until("the process is busy", busy);
        CompletableFuture<Object> call = process.asks(own);
        Wait.until("it is queued", () -> process.info().queued() == 1);
        bench.start(puppets(PUPPET, "2.0.0"));

        queued.countDown();

        assertFailedBack(process, call);
    }
}
