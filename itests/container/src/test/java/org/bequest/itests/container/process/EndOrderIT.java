// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Whoever finds that a process has ended can rely on it: nothing of it works any more. */
public class EndOrderIT extends ContainerTest {
    private static final int ROUNDS = 150;

    private final AtomicBoolean over = new AtomicBoolean();
    private CompletableFuture<Void> crowd;

    /** Ownership changes all the time, so that a process's end has to wait for its turn. */
    @Before
    public void crowdTheLedger() {
        crowd = Background.run(() -> {
            while (!over.get()) {
                bench.tables().create(TableSpec.of("crowd")).drop();
            }
        });
    }

    @After
    public void disperse() {
        over.set(true);
        Wait.result(crowd);
    }

    @Test
    public void processThatIsNotAlive_isFenced() throws Exception {
        rounds((processes, pid) -> !processes.isAlive(pid));
    }

    @Test
    public void processThatIsNotKnown_isFenced() throws Exception {
        rounds((processes, pid) -> processes.info(pid).isEmpty());
    }

    @Test
    public void processThatIsNotFoundByItsName_isFenced() throws Exception {
        rounds((processes, pid) -> processes.whereis("ending").isEmpty());
    }

    @Test
    public void processThatHasExited_isFenced() throws Exception {
        rounds((processes, pid) -> {
            for (int i = 0; i < 500; i++) {
                Thread.onSpinWait(); // each time that it is asked while the process lives costs a future
            }
            return processes.exited(pid).toCompletableFuture().isDone();
        });
    }

    /** Kills a process while it writes; once that is seen, it must not write any more. */
    private void rounds(BiPredicate<Processes, Pid> seen) throws Exception {
        Processes processes = bench.processes();
        for (int round = 0; round < ROUNDS; round++) {
            Spawned process = bench.spawn("ending");
            Writer writer = new Writer(process);
            CompletableFuture<Void> killer = Background.run(process::killed);

            while (!seen.test(processes, process.pid())) {
                Thread.onSpinWait();
            }

            writer.assertFenced();
            Wait.result(killer);
        }
    }

    @Test
    public void processWhoseMonitorSaysDown_isFenced() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Spawned process = bench.spawn("ending");
            Writer writer = new Writer(process);
            Semaphore asked = new Semaphore(0);
            CompletableFuture<Boolean> down = new CompletableFuture<>();
            var module = bench.module("watching", () -> new Worker() {
                @Override
                public void onStart(Self self, Object argument) {
                    self.sendAfter(Duration.ZERO, "again");
                }

                @Override
                public void onCast(Self self, Object message) {
                    self.monitor(process.pid());
                    asked.release();
                    self.processes().cast(self.pid(), "again");
                }

                @Override
                public void onSignal(Self self, Signal signal) {
                    if (signal instanceof Signal.Down) {
                        down.complete(true);
                        self.exit(ExitReason.NORMAL);
                    }
                }
            });
            bench.spawn(ProcessSpec.of("watching"));
            asked.acquire();
            CompletableFuture<Void> killer = Background.run(process::killed);

            while (!down.isDone()) {
                Thread.onSpinWait();
            }

            writer.assertFenced();
            Wait.result(killer);
            module.uninstall();
        }
    }

    @Test
    public void processThatWasKilled_isGone_thoughItWasEndingAnyway() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Spawned process = bench.spawn("ending");
            CountDownLatch about = new CountDownLatch(1);
            CompletableFuture<Void> other = Background.run(() -> {
                about.countDown();
                process.killed();
            });
            Wait.until("the other is about to", about);
            for (int spin = round * 3; spin > 0; spin--) {
                Thread.onSpinWait();
            }

            process.killed();

            assertThat(process.alive()).isFalse();
            Wait.result(other);
        }
    }

    @Test
    public void heirThatIsTold_canTakeTheName() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            CompletableFuture<Boolean> took = new CompletableFuture<>();
            var module = bench.module("heir", () -> new Worker() {
                @Override
                public void onSignal(Self self, Signal signal) {
                    self.register("ending");
                    took.complete(true);
                }
            });
            Spawned heir = bench.spawn(ProcessSpec.of("heir"));
            Spawned process = bench.spawn("ending");
            process.runs(self -> self.tables().create(TableSpec.of("inherited").heir(heir.recipient(), null)));

            process.killed();

            Wait.until("the heir has the name", () -> took.isDone() || !heir.alive());
            assertThat(heir.alive()).isTrue();
            heir.killed();
            module.uninstall();
        }
    }

    /** Writes on behalf of a process, until it is fenced. */
    private final class Writer {
        private final Self self;
        private final Table seen;
        private final CompletableFuture<Void> writing;

        Writer(Spawned process) throws Exception {
            self = process.does(own -> own);
            Table table = process.does(own -> own.tables().claim(TableSpec.of("written")));
            seen = bench.tables().open("written");
            writing = Background.run(() -> {
                try {
                    for (long i = 0; ; i++) {
                        table.insert(Tuple.of("k", i));
                    }
                } catch (FencedException ended) {
                    // as it should be
                }
            });
            Wait.until("it writes", () -> seen.member("k"));
        }

        void assertFenced() {
            Tuple last = seen.get("k");
            assertThatThrownBy(self::newPid).isInstanceOf(FencedException.class);
            Wait.result(writing);
            assertThat(seen.get("k")).isEqualTo(last);
            bench.escrow().drop("written");
        }
    }
}
