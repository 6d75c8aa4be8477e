// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.Table;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** A supervisor is killed in the middle of whatever it does: the one that follows goes on in the middle. */
public class SupervisorCrashPointsIT extends ContainerTest {
    private static final List<String> INITIAL = List.of("a", "b", "c", "d", "e");
    private static final List<String> EXTRA = List.of("x", "y", "z");
    private static final List<String> MOVING = List.of("m", "n");
    private static final String TABLE = "bequest.supervisor.sup";
    private static final String OTHER_TABLE = "bequest.supervisor.other";
    private static final int DEATHS = 150;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong operations = new AtomicLong();
    /** What goes on has it for reading; who wants all at rest, for writing. */
    private final ReentrantReadWriteLock going = new ReentrantReadWriteLock(true);

    private Census census;

    private SupervisorSpec spec(Strategy strategy, List<String> initial) {
        return SupervisorSpec.of("sup")
                .strategy(strategy)
                .children(initial.stream().map(Census::child).toList());
    }

    private void kill(String name) {
        Pid before = bench.processes().whereis(name).orElseThrow();
        bench.processes().exit(before, ExitReason.KILLED);
        Wait.until("there is another supervisor " + name, () -> bench.processes()
                .whereis(name)
                .filter(now -> !now.equals(before))
                .isPresent());
    }

    private void disturb(Strategy strategy, long seedOfIts) {
        Random its = new Random(seedOfIts);
        while (!done.get()) {
            going.readLock().lock();
            try {
                disturbOnce(strategy, its);
            } catch (SupervisorException | ProcessExitedException refused) {
                // As it may be.
            } finally {
                going.readLock().unlock();
                operations.incrementAndGet();
            }
        }
    }

    private void disturbOnce(Strategy strategy, Random its) {
        Supervisor sup = bench.supervisor("sup");
        String extra = EXTRA.get(its.nextInt(EXTRA.size()));
        String moving = MOVING.get(its.nextInt(MOVING.size()));
        switch (its.nextInt(9)) {
            case 0 -> sup.start(Census.child(extra));
            case 1 -> sup.restart(extra);
            case 2 -> sup.terminate(extra);
            case 3 -> sup.terminateAndDelete(extra);
            case 4 -> sup.move(moving, "other");
            case 5 -> bench.supervisor("other").move(moving, "sup");
            case 6 -> sup.update(spec(strategy, its.nextBoolean() ? INITIAL : List.of("a", "c", "f", "d")));
            default -> {
                String id = INITIAL.get(its.nextInt(INITIAL.size()));
                ChildrenTable.of(bench.tables(), TABLE)
                        .pid(its.nextInt(4) == 0 ? moving : id)
                        .ifPresent(pid -> bench.processes().exit(pid, ExitReason.KILLED));
            }
        }
    }

    private void survives(Strategy strategy) throws Exception {
        System.out.println("seed " + seed);
        census = new Census(bench).open();
        bench.root().start(ChildSpec.of(spec(strategy, INITIAL)).plan(RestartPlan.immediately()));
        bench.root().start(ChildSpec.of(SupervisorSpec.of("other")).plan(RestartPlan.immediately()));
        MOVING.forEach(id -> bench.supervisor("sup").start(Census.child(id)));
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long its = random.nextLong();
            others.add(Background.run(() -> disturb(strategy, its)));
        }

        long begin = System.nanoTime();
        try {
            for (int death = 1; death <= DEATHS && others.stream().noneMatch(CompletableFuture::isDone); death++) {
                long point = operations.get() + random.nextInt(4);
                Wait.until(
                        "something goes on",
                        () -> operations.get() >= point || others.stream().anyMatch(CompletableFuture::isDone));
                kill(random.nextInt(6) == 0 ? "other" : "sup");
                if (death % 10 == 0) {
                    going.writeLock().lock();
                    try {
                        untilSettled(death);
                        inOrder(strategy);
                    } finally {
                        going.writeLock().unlock();
                    }
                }
            }
        } finally {
            done.set(true);
        }
        others.forEach(Wait::result);
        System.out.printf(
                "%s: %d deaths and %d operations in %d ms%n",
                strategy, DEATHS, operations.get(), (System.nanoTime() - begin) / 1_000_000);
        untilSettled(DEATHS);
        bench.root().terminateAndDelete("sup");
        bench.root().terminateAndDelete("other");
        assertThat(bench.processes().list())
                .filteredOn(process -> process.module().equals(Census.MODULE))
                .isEmpty();
    }

    private void untilSettled(int death) {
        Wait.untilEmpty(
                "all is well after death " + death + ", seed " + seed, () -> census.complaints(TABLE, OTHER_TABLE));
        assertThat(census.doubles()).as("seed " + seed).isEmpty();
        assertThat(EXTRA)
                .as("only these were ever terminated, seed " + seed)
                .containsAll(ChildrenTable.of(bench.tables(), TABLE).children().stream()
                        .filter(child -> child.state() == ChildInfo.State.DOWN)
                        .map(ChildInfo::id)
                        .toList());
    }

    /** One child is killed, and nobody else: all that the strategy says are started, also those that were down, in order. */
    private void inOrder(Strategy strategy) {
        List<String> all = idsInOrder(true);
        List<String> running = idsInOrder(false);
        String killed = running.get(random.nextInt(running.size()));
        census.started();
        bench.processes()
                .exit(ChildrenTable.of(bench.tables(), TABLE).pid(killed).orElseThrow(), ExitReason.KILLED);

        List<String> back = strategy == Strategy.ONE_FOR_ALL ? all : all.subList(all.indexOf(killed), all.size());
        List<String> expected = strategy == Strategy.ONE_FOR_ONE ? List.of(killed) : back;
        List<String> seen = new ArrayList<>();
        Wait.untilEmpty("restarted in order are " + expected + ", seed " + seed, () -> {
            seen.addAll(census.started());
            return seen.equals(expected) ? List.of() : List.of(seen);
        });
        untilSettled(0);
        assertThat(census.started())
                .as("started once more after '" + killed + "' was killed, seed " + seed)
                .isEmpty();
    }

    /** Killed as soon as it is seen to have begun with the update: what it has done by then differs. */
    private void killWhileItIsUpdated(SupervisorSpec next) {
        Tuple header = Tuple.of("supervisor", "sup");
        Table table = bench.tables().open(TABLE);
        Tuple before = table.get(header);
        CompletableFuture<Void> update = Background.run(() -> {
            try {
                bench.supervisor("sup").update(next);
            } catch (ProcessExitedException killed) {
                // As it may be.
            }
        });
        while (before.equals(table.get(header)) && !update.isDone()) {
            Thread.onSpinWait();
        }
        kill("sup");
        Wait.result(update);
    }

    private List<String> idsInOrder(boolean all) {
        List<String> ids = new ArrayList<>();
        ChildrenTable.of(bench.tables(), TABLE).children().stream()
                .filter(child -> all || child.pid() != null)
                .forEach(child -> ids.add(0, child.id()));
        return ids;
    }

    @Test
    public void updateIsFinished_whereverItIsKilled() throws Exception {
        System.out.println("seed " + seed);
        census = new Census(bench).open();
        List<String> all = IntStream.range(0, 30).mapToObj(i -> "c" + i).toList();
        bench.root().start(ChildSpec.of(spec(Strategy.REST_FOR_ONE, all)).plan(RestartPlan.immediately()));
        for (int death = 1; death <= DEATHS; death++) {
            List<String> next = new ArrayList<>(all);
            Collections.shuffle(next, random);

            killWhileItIsUpdated(spec(Strategy.REST_FOR_ONE, next.subList(0, 20)));

            Wait.untilEmpty("all is well after death " + death + ", seed " + seed, () -> census.complaints(TABLE));
            List<String> declared = bench.supervisor("sup").spec().children().stream()
                    .map(ChildSpec::id)
                    .toList();
            assertThat(idsInOrder(false))
                    .as("children after death " + death + ", seed " + seed)
                    .isEqualTo(declared);
        }
    }

    /** It has one restart too many, so it begins anew; it is killed when it is seen to have written down so many children. */
    private void killWhileItBegins(int children) {
        Pid before = bench.processes().whereis("sup").orElseThrow();
        bench.processes().exit(ChildrenTable.of(bench.tables(), TABLE).pid("c0").orElseThrow(), ExitReason.KILLED);
        long limit = System.nanoTime() + Wait.LIMIT.toNanos();
        while (bench.processes()
                        .whereis("sup")
                        .filter(now -> !now.equals(before))
                        .isEmpty()
                || bench.tables()
                        .find(TABLE)
                        .filter(rows -> rows.size() > children)
                        .isEmpty()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("'sup' has not begun anew, seed " + seed);
            }
            Thread.onSpinWait();
        }
        kill("sup");
    }

    @Test
    public void beginningIsFinished_whereverItIsKilled() throws Exception {
        System.out.println("seed " + seed);
        census = new Census(bench).open();
        List<String> all = IntStream.range(0, 30).mapToObj(i -> "c" + i).toList();
        SupervisorSpec spec = SupervisorSpec.of("sup")
                .intensity(0, Duration.ofSeconds(1))
                .children(all.stream()
                        .map(id -> ChildSpec.of(id, Census.MODULE).argument(id))
                        .toList());
        bench.root().start(ChildSpec.of(spec).plan(RestartPlan.immediately()));
        for (int death = 1; death <= DEATHS; death++) {
            killWhileItBegins(random.nextInt(all.size()));

            Wait.untilEmpty("all children are there after death " + death + ", seed " + seed, () -> {
                List<String> complaints = new ArrayList<>(census.complaints(TABLE));
                List<String> running = idsInOrder(false);
                if (!running.equals(all)) {
                    complaints.add("running are " + running);
                }
                return complaints;
            });
        }
    }

    @Test
    public void oneForOneGoesOn_whereverItIsKilled() throws Exception {
        survives(Strategy.ONE_FOR_ONE);
    }

    @Test
    public void restForOneGoesOn_whereverItIsKilled() throws Exception {
        survives(Strategy.REST_FOR_ONE);
    }

    @Test
    public void oneForAllGoesOn_whereverItIsKilled() throws Exception {
        survives(Strategy.ONE_FOR_ALL);
    }
}
