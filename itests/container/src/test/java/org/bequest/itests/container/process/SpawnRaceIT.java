// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.table.FencedException;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Who comes after a spawner that was killed can tell by the pids what it has spawned: that does not change any more. */
public class SpawnRaceIT extends ContainerTest {
    private static final int ROUNDS = 600;

    private final Set<Pid> ran = ConcurrentHashMap.newKeySet();

    /** Says that its code has run. */
    private final class Child implements Worker {
        @Override
        public void onStart(Self self, Object argument) {
            ran.add(self.pid());
        }
    }

    /** Spawns until it is fenced off, writing down each pid before. */
    private static void spawnAll(Self self, List<Pid> planned, CountDownLatch done) {
        try {
            while (true) {
                Pid pid = self.newPid();
                planned.add(pid);
                self.spawn(pid, ProcessSpec.of("child"), null);
            }
        } catch (FencedException killed) {
            done.countDown();
        }
    }

    @Test
    public void processThatIsNotThere_whenItsSpawnerIsDown_neverWillBe() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        bench.module("child", Child::new);
        Processes processes = bench.processes();
        for (int round = 0; round < ROUNDS; round++) {
            ran.clear();
            Spawned spawner = bench.spawn();
            List<Pid> planned = new CopyOnWriteArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            spawner.casts((Consumer<Self>) self -> spawnAll(self, planned, done));
            int enough = 1 + random.nextInt(8);
            while (planned.size() < enough) {
                Thread.onSpinWait();
            }
            for (int spin = random.nextInt(2_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }

            spawner.killed();

            Set<Pid> there = planned.stream().filter(processes::isAlive).collect(Collectors.toSet());
            boolean over;
            do {
                over = done.getCount() == 0;
                assertThat(planned)
                        .as("in round %d with seed %d", round, seed)
                        .allSatisfy(pid -> assertThat(processes.isAlive(pid)).isEqualTo(there.contains(pid)));
            } while (!over);
            Wait.until("all that are there have run", () -> ran.containsAll(there));
            assertThat(ran).as("in round %d with seed %d", round, seed).isEqualTo(there);
            there.forEach(pid -> processes.exit(pid, ExitReason.KILLED));
        }
    }

    @Test
    public void bundleThatHasStopped_spawnsNothingMore() throws Exception {
        bench.module("child", Child::new);
        Bundle bundle = bench.bundle("spawner");
        for (int round = 0; round < 50; round++) {
            ran.clear();
            Processes theirs = bench.processesOf(bundle);
            CountDownLatch begun = new CountDownLatch(3);
            CountDownLatch done = new CountDownLatch(1);
            Thread zombie = new Thread(() -> {
                try {
                    while (true) {
                        theirs.spawn(ProcessSpec.of("child"));
                        begun.countDown();
                    }
                } catch (FencedException stopped) {
                    done.countDown();
                }
            });
            zombie.start();
            Wait.until("it spawns", begun);

            bundle.stop();

            int there = children();
            Wait.until("the zombie has given up", done);
            assertThat(children()).isEqualTo(there);
            bench.processes().list().stream()
                    .filter(info -> info.module().equals("child"))
                    .forEach(info -> bench.processes().exit(info.pid(), ExitReason.KILLED));
            bundle.start();
        }
    }

    private int children() {
        return (int) bench.processes().list().stream()
                .filter(info -> info.module().equals("child"))
                .count();
    }
}
