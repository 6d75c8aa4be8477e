// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Before;
import org.junit.Test;

/** Three supervisors over one table of children: what one of them leaves, exactly one other takes over. */
public class SharedChildrenIT extends ContainerTest {
    private static final String TABLE = "flock";
    private static final List<String> NAMES = List.of("first", "second", "third");
    private static final int CHILDREN = 30;
    private static final int DEATHS = 1_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    /** What goes on has it for reading; who wants all at rest, for writing. */
    private final ReentrantReadWriteLock going = new ReentrantReadWriteLock(true);

    private Census census;

    @Before
    public void open() throws Exception {
        System.out.println("seed " + seed);
        census = new Census(bench).open();
        for (String name : NAMES) {
            bench.root()
                    .start(ChildSpec.of(SupervisorSpec.of(name).sharing(TABLE)).plan(RestartPlan.immediately()));
        }
    }

    private void startChildren(boolean keep) {
        for (int i = 0; i < CHILDREN; i++) {
            bench.supervisor(NAMES.get(i % 3)).start(Census.child("c" + i).keep(keep));
        }
    }

    private Pid process(String name) {
        return bench.processes().whereis(name).orElse(null);
    }

    private Pid kill(String name) {
        Pid pid = process(name);
        bench.processes().exit(pid, ExitReason.KILLED);
        return pid;
    }

    private void untilFollowed(String name, Pid before) {
        Wait.until("there is another supervisor " + name, () -> {
            Pid now = process(name);
            return now != null && !now.equals(before);
        });
    }

    private void untilSettled(int death) {
        Wait.untilEmpty("all is well after death " + death + ", seed " + seed, () -> {
            List<String> complaints = new ArrayList<>(census.complaints(TABLE));
            for (String name : NAMES) {
                Tuple row = bench.tables().open(TABLE).get(Tuple.of("supervisor", name));
                if (row == null || !row.get(ChildrenTable.PID).equals(process(name))) {
                    complaints.add("supervisor " + name + " is not in the table: " + row);
                }
            }
            return complaints;
        });
        assertThat(census.doubles()).as("seed " + seed).isEmpty();
    }

    /** Starts, stops and crashes children, of which some are there all the time. */
    private void disturb(long seedOfIts) {
        Random its = new Random(seedOfIts);
        while (!done.get()) {
            going.readLock().lock();
            try {
                String id = "c" + its.nextInt(CHILDREN + 10);
                Supervisor supervisor = bench.supervisor(NAMES.get(its.nextInt(3)));
                switch (its.nextInt(6)) {
                    case 0 -> supervisor.start(Census.child(id));
                    case 1 -> supervisor.restart(id);
                    case 2 -> supervisor.terminate(id);
                    case 3 -> supervisor.terminateAndDelete(id);
                    default ->
                        ChildrenTable.of(bench.tables(), TABLE).pid(id).ifPresent(pid -> bench.processes()
                                .exit(pid, its.nextBoolean() ? ExitReason.KILLED : new ExitReason.Shutdown("bye")));
                }
                operations.incrementAndGet();
            } catch (SupervisorException | ProcessExitedException refused) {
                operations.incrementAndGet();
            } finally {
                going.readLock().unlock();
            }
        }
    }

    private void read() {
        ChildrenTable table = ChildrenTable.of(bench.tables(), TABLE);
        while (!done.get()) {
            List<ChildInfo> children = table.children();
            assertThat(children).doesNotHaveDuplicates();
            assertThat(table.count().workers()).isNotNegative();
            table.pids();
            reads.incrementAndGet();
        }
    }

    @Test
    public void noChildIsLostOrStartedTwice_whileOneOfTheSupervisorsDiesAThousandTimes() throws Exception {
        startChildren(false);
        List<CompletableFuture<Void>> others = new ArrayList<>();
        others.add(Background.run(this::read));
        for (int i = 0; i < 2; i++) {
            long its = random.nextLong();
            others.add(Background.run(() -> disturb(its)));
        }

        long begin = System.nanoTime();
        try {
            for (int death = 1; death <= DEATHS; death++) {
                String name = NAMES.get(random.nextInt(3));
                long point = operations.get() + random.nextInt(4);
                Wait.until("something goes on", () -> operations.get() >= point || stopped(others));
                Pid killed = kill(name);
                untilFollowed(name, killed);
                if (death % 10 == 0) {
                    going.writeLock().lock();
                    try {
                        untilSettled(death);
                    } finally {
                        going.writeLock().unlock();
                    }
                }
                if (stopped(others)) {
                    break;
                }
            }
        } finally {
            done.set(true);
        }
        others.forEach(Wait::result);
        System.out.printf(
                "%d deaths, %d operations and %d reads in %d ms%n",
                DEATHS, operations.get(), reads.get(), (System.nanoTime() - begin) / 1_000_000);
        untilSettled(DEATHS);
        assertThat(reads.get()).isPositive();
    }

    private static boolean stopped(List<CompletableFuture<Void>> others) {
        return others.stream().anyMatch(CompletableFuture::isDone);
    }

    @Test
    public void childrenGoOn_whenAllThreeAreKilledAtOnce() {
        startChildren(false);
        var before = ChildrenTable.of(bench.tables(), TABLE).pids();
        assertThat(before).hasSize(CHILDREN);

        for (int i = 0; i < 20; i++) {
            List<Pid> killed = NAMES.stream().map(this::process).toList();
            killed.forEach(pid -> bench.processes().exit(pid, ExitReason.KILLED));
            for (int j = 0; j < 3; j++) {
                untilFollowed(NAMES.get(j), killed.get(j));
            }
            untilSettled(i);
        }

        assertThat(ChildrenTable.of(bench.tables(), TABLE).pids()).isEqualTo(before);
        before.keySet().forEach(id -> assertThat(census.starts(id)).isEqualTo(1));
    }

    @Test
    public void childrenThatAreKept_goOnUnderAnother_whenTheirSupervisorIsStopped() {
        startChildren(true);
        var before = ChildrenTable.of(bench.tables(), TABLE).pids();
        Set<Pid> processes = Set.copyOf(before.values());

        bench.root().terminateAndDelete("first");

        Wait.until("all are those of the other two", () -> {
            List<Pid> left = Arrays.asList(process("second"), process("third"));
            return bench.tables().open(TABLE).toList().stream()
                    .allMatch(row -> left.contains(row.get(ChildrenTable.SUPERVISOR)));
        });
        Wait.untilEmpty("all is well", () -> census.complaints(TABLE));
        assertThat(ChildrenTable.of(bench.tables(), TABLE).pids()).isEqualTo(before);

        bench.root().terminateAndDelete("second");
        bench.root().terminateAndDelete("third");

        assertThat(processes).allMatch(bench.processes()::isAlive);
        bench.root().start(ChildSpec.of(SupervisorSpec.of("fourth").sharing(TABLE)));
        Wait.untilEmpty("the next has taken them", () -> census.complaints(TABLE));
        assertThat(bench.supervisor("fourth").pids()).isEqualTo(before);
        assertThat(census.doubles()).isEmpty();
        before.keySet().forEach(id -> assertThat(census.starts(id)).isEqualTo(1));
    }

    @Test
    public void childrenThatAreNotKept_stopWithTheirSupervisor_andThoseOfOthersGoOn() {
        startChildren(false);

        bench.root().terminateAndDelete("first");

        assertThat(ChildrenTable.of(bench.tables(), TABLE).pids().keySet())
                .hasSize(CHILDREN - CHILDREN / 3)
                .doesNotContain("c0", "c3")
                .contains("c1", "c2");
        Wait.untilEmpty("all is well", () -> census.complaints(TABLE));
    }
}
