// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.FencedException;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Hearing of the end of others. */
public class MonitorsIT extends ContainerTest {
    @Test
    public void downComesOnceForEachMonitor_withTheReason() throws Exception {
        Spawned watcher = bench.spawn();
        Spawned watched = bench.spawn();
        long first = watcher.does(self -> self.monitor(watched.pid()));
        long second = watcher.does(self -> self.monitor(watched.pid()));

        ExitReason reason = new ExitReason.Shutdown(Tuple.of("done", 7));
        bench.processes().exit(watched.pid(), reason);

        Wait.until("both signals are there", () -> watcher.signals().size() == 2);
        assertThat(first).isNotEqualTo(second);
        assertThat(watcher.signals())
                .containsExactlyInAnyOrder(
                        new Signal.Down(first, watched.pid(), reason), new Signal.Down(second, watched.pid(), reason));
    }

    @Test
    public void downComesAtOnce_ifThereIsNoProcess() throws Exception {
        Spawned watcher = bench.spawn();
        Spawned dead = bench.spawn();
        dead.killed();

        long monitor = watcher.does(self -> self.monitor(dead.pid()));

        assertThat(watcher.signals()).containsExactly(new Signal.Down(monitor, dead.pid(), ExitReason.NO_PROCESS));
    }

    @Test
    public void aSignalTellsHowLongAgoItHappened_thoughTheCodeWasAway() throws Exception {
        BlockingQueue<Duration> waited = new LinkedBlockingQueue<>();
        class Listener implements Worker {
            @Override
            public void onStart(Self self, Object argument) {
                self.monitor((Pid) argument);
            }

            @Override
            public void onSignal(Self self, Signal signal) {
                waited.add(self.waited());
            }

            @Override
            public void onCast(Self self, Object message) {
                waited.add(self.waited());
            }

            @Override
            public void onResume(Self self, Handover handover) {}
        }
        Bundle code = bench.module("listener", Listener::new);
        Spawned watched = bench.spawn();
        Spawned watcher = bench.spawn(ProcessSpec.of("listener").argument(watched.pid()));
        code.stop();

        long before = System.nanoTime();
        watched.killed();
        long after = System.nanoTime();
        watcher.casts("a message");
        long back = System.nanoTime();
        bench.module("listener", Listener::new);

        Duration told = Wait.next(waited);
        assertThat(told)
                .isGreaterThanOrEqualTo(Duration.ofNanos(back - after))
                .isLessThan(Duration.ofNanos(System.nanoTime() - before));
        assertThat(Wait.next(waited)).as("of a message").isEqualTo(Duration.ZERO);
    }

    @Test
    public void noDownComes_afterDemonitor() throws Exception {
        Spawned watcher = bench.spawn();
        Spawned watched = bench.spawn();
        watcher.runs(self -> self.demonitor(self.monitor(watched.pid())));

        watched.killed();

        assertThat(watcher.signals()).isEmpty();
    }

    @Test
    public void watcherLivesOn_whateverHappensToTheWatched() throws Exception {
        Spawned watcher = bench.spawn();
        Spawned watched = bench.spawn();
        watcher.does(self -> self.monitor(watched.pid()));

        watched.casts((Consumer<Self>) self -> {
            throw new StackOverflowError("meant to");
        });

        Wait.until("the watcher hears of it", () -> !watcher.signals().isEmpty());
        assertThat(watcher.signals()).hasSize(1).first().isInstanceOfSatisfying(Signal.Down.class, down -> assertThat(
                        down.reason())
                .isInstanceOfSatisfying(ExitReason.Crashed.class, crash -> assertThat(crash.description())
                        .contains("meant to")));
    }

    @Test
    public void exitedCompletes_whenTheProcessEnds() throws Exception {
        Spawned process = bench.spawn();
        CompletableFuture<ExitReason> exited =
                bench.processes().exited(process.pid()).toCompletableFuture();
        assertThat(exited).isNotDone();

        process.killed();

        assertThat(Wait.result(exited)).isEqualTo(ExitReason.KILLED);
    }

    @Test
    public void exitedCompletesAtOnce_ifThereIsNoProcess() throws Exception {
        Spawned process = bench.spawn();
        process.killed();

        assertThat(bench.processes().exited(process.pid()).toCompletableFuture())
                .isCompletedWithValue(ExitReason.NO_PROCESS);
    }

    @Test
    public void exitedNeverCompletes_onceTheAskingBundleHasStopped() throws Exception {
        Spawned process = bench.spawn();
        Bundle asking = bench.bundle("asking");
        var processes = bench.processesOf(asking);
        CompletableFuture<ExitReason> exited = processes.exited(process.pid()).toCompletableFuture();
        asking.stop();

        process.killed();

        assertThat(Wait.result(bench.processes().exited(process.pid()))).isEqualTo(ExitReason.NO_PROCESS);
        assertThat(exited).isNotDone();
        assertThatThrownBy(() -> processes.exited(process.pid())).isInstanceOf(FencedException.class);
    }

    @Test
    public void exitedGoesOn_whenOneCallbackThrows() throws Exception {
        Spawned process = bench.spawn();
        bench.processes().exited(process.pid()).thenAccept(reason -> {
            throw new IllegalStateException("a bad callback");
        });
        CompletableFuture<ExitReason> second =
                bench.processes().exited(process.pid()).toCompletableFuture();

        process.killed();

        assertThat(Wait.result(second)).isEqualTo(ExitReason.KILLED);
        assertThat(bench.spawn().alive()).isTrue();
    }
}
