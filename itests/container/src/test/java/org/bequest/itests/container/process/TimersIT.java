// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Owners.owner;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.table.Recipient;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Messages that come by themselves: of timers, and of watches. */
public class TimersIT extends ContainerTest {
    @Test
    public void messagesComeAfterTheirDelays_inOrder() throws Exception {
        Spawned process = bench.spawn();
        long start = System.nanoTime();

        process.runs(self -> {
            self.sendAfter(Duration.ofMillis(900), "third");
            self.sendAfter(Duration.ofMillis(300), "first");
            self.sendAfter(Duration.ofMillis(600), "second");
            self.sendAfter(Duration.ZERO, "at once");
        });

        Wait.until("all are there", () -> process.journal().size() == 5);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
        assertThat(process.journal()).containsExactly("started 1.0.0", "at once", "first", "second", "third");
    }

    @Test
    public void cancelledTimerDoesNotFire() throws Exception {
        Spawned process = bench.spawn();
        long timer = process.does(self -> self.sendAfter(Duration.ofMillis(500), "cancelled"));

        boolean first = process.does(self -> self.cancel(timer));
        boolean second = process.does(self -> self.cancel(timer));
        process.runs(self -> self.sendAfter(Duration.ofMillis(600), "end"));

        Wait.until("the later timer has fired", () -> process.journal().contains("end"));
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(process.journal()).containsExactly("started 1.0.0", "end");
    }

    @Test
    public void firedTimerCannotBeCancelled() throws Exception {
        Spawned process = bench.spawn();
        BlockingQueue<String> fired = new LinkedBlockingQueue<>();
        Consumer<Self> message = self -> fired.add("fired");
        long timer = process.does(self -> self.sendAfter(Duration.ofMillis(1), message));
        Wait.next(fired);

        assertThat(process.<Boolean>does(self -> self.cancel(timer))).isFalse();
    }

    @Test
    public void timerOfAnEndedProcessFiresForNobody() throws Exception {
        Spawned process = bench.spawn("reused");
        process.runs(self -> self.sendAfter(Duration.ofMillis(20), "for the dead"));
        process.killed();

        Spawned next = bench.spawn("reused");
        next.runs(self -> self.sendAfter(Duration.ofMillis(60), "end"));

        Wait.until("the later timer has fired", () -> next.journal().contains("end"));
        assertThat(next.journal()).containsExactly("started 1.0.0", "end");
    }

    @Test
    public void watcherHearsOfEachProcessThatTakesTheName() throws Exception {
        Spawned watcher = bench.spawn();
        Recipient name = Recipient.named("expected");
        watcher.runs(self -> {
            self.watch(name);
            self.watch(name);
        });
        assertThat(watcher.signals()).isEmpty();

        Spawned first = bench.spawn("expected");
        first.killed();
        Spawned second = bench.spawn();
        second.runs(self -> self.register("expected"));

        assertThat(watcher.signals())
                .containsExactly(new Signal.Arrived(name, owner(first)), new Signal.Arrived(name, owner(second)));
    }

    @Test
    public void watcherHearsAtOnce_ofOneThatIsThereAlready() throws Exception {
        Spawned there = bench.spawn("expected");
        Spawned watcher = bench.spawn();

        watcher.runs(self -> self.watch(Recipient.named("expected")));

        assertThat(watcher.signals()).containsExactly(new Signal.Arrived(Recipient.named("expected"), owner(there)));
    }

    @Test
    public void watcherHearsOfABundle_eachTimeThatItComes() throws Exception {
        Spawned watcher = bench.spawn();
        Recipient who = Recipient.bundle("expected");
        watcher.runs(self -> self.watch(who));

        Bundle bundle = bench.bundle("expected");
        bench.tablesOf(bundle);
        bundle.stop();
        bundle.start();
        bench.tablesOf(bundle);

        Signal arrived = new Signal.Arrived(who, owner(bundle));
        assertThat(watcher.signals()).containsExactly(arrived, arrived);
    }

    @Test
    public void watcherHearsNoMore_afterUnwatch() throws Exception {
        Spawned watcher = bench.spawn();
        watcher.runs(self -> {
            self.watch(Recipient.named("expected"));
            self.unwatch(Recipient.named("expected"));
        });

        bench.spawn("expected");

        assertThat(watcher.signals()).isEmpty();
    }
}
