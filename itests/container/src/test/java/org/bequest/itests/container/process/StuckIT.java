// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.StartFailedException;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Handlers that do not come back. */
public class StuckIT extends ContainerTest {
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean release = new AtomicBoolean();

    /** Does not come back before it is released, whoever interrupts it; then tries to write. */
    private Consumer<Self> stubborn(String table) {
        return self -> {
            Table claimed = self.tables().claim(TableSpec.of(table));
            events.add("stuck");
            while (!release.get()) {
                if (Thread.interrupted()) {
                    events.add("interrupted");
                }
                Thread.onSpinWait();
            }
            try {
                claimed.insert(Tuple.of("zombie"));
                events.add("wrote");
            } catch (FencedException e) {
                events.add("fenced");
            }
        };
    }

    @Test
    public void killedProcessIsGoneAtOnce_andItsHandlerInterruptedAndFenced() throws Exception {
        Spawned process = bench.spawn();
        process.casts(stubborn("claimed"));
        assertThat(Wait.next(events)).isEqualTo("stuck");

        process.killed();

        assertThat(process.alive()).isFalse();
        assertThat(bench.inEscrow("claimed")).isTrue();
        assertThat(Wait.next(events)).isEqualTo("interrupted");
        release.set(true);
        assertThat(Wait.next(events)).isEqualTo("fenced");
        assertThat(bench.tables().open("claimed").size()).isZero();
    }

    @Test
    public void processAskedToEnd_isInterruptedAndFencedAfterItsGrace() throws Exception {
        bench.start(Bench.puppets("graceful", "1.0.0").header("Puppet-Grace", "50"));
        Spawned process = bench.spawn(ProcessSpec.of("graceful"));
        process.casts(stubborn("claimed"));
        assertThat(Wait.next(events)).isEqualTo("stuck");
        var ended = bench.processes().exited(process.pid());
        long start = System.nanoTime();

        bench.processes().exit(process.pid(), ExitReason.SHUTDOWN);

        ExitReason reason = Wait.result(ended);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(reason).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(Wait.next(events)).isEqualTo("interrupted");
        release.set(true);
        assertThat(Wait.next(events)).isEqualTo("fenced");
    }

    @Test
    public void spawnFailsAsStuck_whenTheModuleGoesWhileTheWorkerIsStuckAtItsStart() throws Exception {
        Bundle module = bench.module(
                "never-starting",
                () -> new Worker() {
                    @Override
                    public void onStart(Self self, Object argument) throws InterruptedException {
                        events.add(self.pid());
                        new CountDownLatch(1).await();
                    }
                },
                WorkerModule.GRACE_MS,
                50L);
        Thread spawner = new Thread(() -> {
            try {
                bench.processes().spawn(ProcessSpec.of("never-starting"));
            } catch (StartFailedException e) {
                events.add(e.reason());
            }
        });
        spawner.start();
        assertThat(Wait.next(events)).isInstanceOf(Pid.class);

        module.stop();

        assertThat(Wait.next(events)).isEqualTo(new ExitReason.Stuck("onStart", Duration.ofMillis(50)));
        Wait.until("spawn has returned", spawner);
    }

    @Test
    public void askedToEnd_theHandlerFinishesFirst_ifItComesBackInTime() throws Exception {
        Spawned process = bench.spawn();
        process.casts(stubborn("claimed"));
        assertThat(Wait.next(events)).isEqualTo("stuck");
        var ended = bench.processes().exited(process.pid());

        bench.processes().exit(process.pid(), ExitReason.SHUTDOWN);
        assertThat(process.alive()).isTrue();
        release.set(true);

        assertThat(Wait.result(ended)).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(Wait.next(events)).isEqualTo("wrote");
        assertThat(bench.tables().open("claimed").size()).isEqualTo(1);
    }

    @Test
    public void othersGoOn_whileHandlersOfANonBlockingModuleBlockForEver() throws Exception {
        List<Spawned> stuck = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Spawned process = bench.spawn();
            process.casts(sleeping());
            stuck.add(process);
        }
        for (int i = 0; i < 8; i++) {
            assertThat(Wait.next(events)).isEqualTo("asleep");
        }

        Spawned other = bench.spawn();
        for (int i = 0; i < 100; i++) {
            assertThat(other.version()).isEqualTo("1.0.0");
        }

        stuck.forEach(Spawned::killed);
        for (int i = 0; i < 8; i++) {
            assertThat(Wait.next(events)).isEqualTo("woken");
        }
    }

    @Test
    public void othersGoOn_whileManyHandlersOfABlockingModuleBlock() throws Exception {
        bench.start(Bench.puppets("blocking", "1.0.0").header("Puppet-Blocking", "true"));
        List<Spawned> blocked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Spawned process = bench.spawn(ProcessSpec.of("blocking"));
            process.casts(sleeping());
            blocked.add(process);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(Wait.next(events)).isEqualTo("asleep");
        }

        assertThat(bench.spawn().version()).isEqualTo("1.0.0");
        assertThat(bench.spawn(ProcessSpec.of("blocking")).version()).isEqualTo("1.0.0");

        blocked.forEach(Spawned::killed);
    }

    @Test
    public void handlersOfABlockingModule_runOneAtATimeForAProcess() throws Exception {
        bench.start(Bench.puppets("blocking", "1.0.0").header("Puppet-Blocking", "true"));
        Spawned process = bench.spawn(ProcessSpec.of("blocking"));
        CountDownLatch go = new CountDownLatch(1);
        process.casts((Consumer<Self>) self -> {
            Wait.until("the second is queued", go);
            events.add("first");
        });
        process.casts((Consumer<Self>) self -> events.add("second"));

        go.countDown();

        assertThat(Wait.next(events)).isEqualTo("first");
        assertThat(Wait.next(events)).isEqualTo("second");
    }

    @Test
    public void selfIsFenced_inAHandlerThatWasKilled() throws Exception {
        Spawned process = bench.spawn();
        process.casts((Consumer<Self>) self -> {
            events.add(self);
            while (!release.get()) {
                Thread.onSpinWait();
            }
            events.add("over");
        });
        Self self = (Self) Wait.next(events);
        process.killed();

        assertThatThrownBy(() -> self.processes().cast(process.pid(), "zombie"))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining(process.pid().toString());
        release.set(true);
        assertThat(Wait.next(events)).isEqualTo("over");
    }

    private Consumer<Self> sleeping() {
        return self -> {
            events.add("asleep");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                events.add("woken");
            }
        };
    }
}
