// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The supervisors' own bundle is replaced while they work, and nobody notices: neither children nor callers. */
public class SupervisorUpdateIT extends ContainerTest {
    private static final int UPDATES = 100;
    private static final int CHILDREN = 1_000;
    /** Of them, those that crash now and then; the others never do. */
    private static final int CRASHING = 100;
    /** What the crashing ones' plan says. */
    private static final Duration DELAY = Duration.ofMillis(300);
    /** What a restart may be late by on the slowest machine. What it is late by is printed. */
    private static final Duration MUCH_TOO_LATE = Duration.ofSeconds(5);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final Map<Long, Integer> starts = new ConcurrentHashMap<>();
    private final Map<Long, Long> crashedAtNanos = new ConcurrentHashMap<>();
    private final Queue<Long> latenessMs = new ConcurrentLinkedQueue<>();
    private final List<ClassLoaderWatch> watches = new ArrayList<>();

    /** Counts its starts, and is late if it was to start earlier. */
    private final class Cell implements Worker {
        private long id;

        @Override
        public void onStart(Self self, Object argument) {
            id = (Long) argument;
            Long crashed = crashedAtNanos.remove(id);
            if (crashed != null) {
                latenessMs.add((System.nanoTime() - crashed - DELAY.toNanos()) / 1_000_000);
            }
            starts.merge(id, 1, Integer::sum);
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(id);
        }

        @Override
        public void onCast(Self self, Object message) {
            crashedAtNanos.put(id, System.nanoTime());
            self.exit(new ExitReason.Shutdown("as asked"));
        }
    }

    private Bundle supervisors() {
        return bench.shipped("org.bequest.supervisors");
    }

    private void update(int number) throws Exception {
        Bundle bundle = supervisors();
        if (number % 10 == 0) {
            watches.add(ClassLoaderWatch.of(bundle));
        }
        if (number % 3 == 1) {
            bundle.stop();
            bundle.start();
        } else {
            try (InputStream jar = new URL(bundle.getLocation()).openStream()) {
                bundle.update(jar);
            }
        }
        if (number % 25 == 0) {
            bench.refresh(bundle);
        }
    }

    @After
    public void startSupervisors() throws BundleException {
        supervisors().start();
    }

    private static ChildSpec crashing(String id) {
        return ChildSpec.of(id, "cell").plan(RestartPlan.after(DELAY));
    }

    private void start(Supervisor sup) {
        for (long i = 0; i < CHILDREN; i++) {
            String id = "c" + i;
            sup.start((i < CRASHING ? crashing(id) : ChildSpec.of(id, "cell")).argument(i));
        }
    }

    private void callChildren(Map<String, Pid> pids, long seedOfIts) {
        Random its = new Random(seedOfIts);
        while (!done.get()) {
            long id = CRASHING + its.nextInt(CHILDREN - CRASHING);
            assertThat(bench.processes().call(pids.get("c" + id), "who", Wait.LIMIT))
                    .isEqualTo(id);
            calls.incrementAndGet();
        }
    }

    /** Uses one reference all the time. */
    private void askSupervisor(Supervisor sup, Map<String, Pid> pids, String own, long seedOfIts) {
        Random its = new Random(seedOfIts);
        ChildrenTable table = ChildrenTable.of(bench.tables(), sup.spec().table());
        while (!done.get()) {
            String id = "c" + (CRASHING + its.nextInt(CHILDREN - CRASHING));
            switch (its.nextInt(5)) {
                case 0 -> assertThat(sup.children()).hasSizeBetween(CHILDREN, CHILDREN + 30);
                case 1 -> assertThat(sup.pid(id)).contains(pids.get(id));
                case 2 -> assertThat(table.pid(id)).contains(pids.get(id));
                case 3 ->
                    assertThatThrownBy(() -> sup.restart(id))
                            .isInstanceOfSatisfying(SupervisorException.class, refused -> assertThat(refused.problem())
                                    .isEqualTo(SupervisorException.Problem.RUNNING));
                default -> {
                    Pid pid = sup.start(ChildSpec.of(own, "cell").argument(-1L)).orElseThrow();
                    assertThat(bench.processes().call(pid, "who", Wait.LIMIT)).isEqualTo(-1L);
                    sup.terminate(own);
                    assertThat(bench.processes().isAlive(pid)).isFalse();
                    assertThat(sup.restart(own)).isPresent();
                    sup.terminateAndDelete(own);
                    assertThat(table.has(own)).isFalse();
                }
            }
            asked.incrementAndGet();
        }
    }

    @Test
    public void nobodyNotices_whenTheSupervisorsAreReplacedAHundredTimes() throws Exception {
        System.out.println("seed " + seed);
        bench.module("cell", Cell::new);
        Bundle guests = bench.start(Bench.puppets("guest", "1.0.0"));
        bench.root()
                .start(ChildSpec.of(SupervisorSpec.of("sup").intensity(SupervisorSpec.UNLIMITED, Duration.ofHours(1))));
        Supervisor sup = bench.supervisor("sup");
        Pid supPid = sup.pid();
        Pid rootPid = bench.root().pid();
        start(sup);
        for (int i = 0; i < 20; i++) {
            sup.start(ChildSpec.of("guest" + i, "guest").shutdown(ChildSpec.KILL));
        }
        Map<String, Pid> before = sup.pids();
        int[] crashes = new int[CRASHING];
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long its = random.nextLong();
            String own = "own" + i;
            others.add(Background.run(() -> callChildren(before, its)));
            others.add(Background.run(() -> askSupervisor(sup, before, own, its)));
        }

        long begin = System.nanoTime();
        try {
            for (int i = 0; i < UPDATES && others.stream().noneMatch(CompletableFuture::isDone); i++) {
                for (int j = 0; j < 5; j++) {
                    crash(random.nextInt(CRASHING), crashes);
                }
                if (i % 10 == 5) {
                    guests.stop();
                }
                update(i);
                if (i % 10 == 5) {
                    guests.start();
                }
                long point = asked.get() + 5;
                Wait.until(
                        "the supervisor answers",
                        () -> asked.get() >= point || others.stream().anyMatch(CompletableFuture::isDone));
            }
        } finally {
            done.set(true);
        }
        others.forEach(Wait::result);
        long tookMs = (System.nanoTime() - begin) / 1_000_000;

        Wait.until("all children run", () -> sup.children().stream()
                .allMatch(child -> child.state() == ChildInfo.State.RUNNING));
        assertThat(sup.pid()).isEqualTo(supPid);
        assertThat(bench.root().pid()).isEqualTo(rootPid);
        Map<String, Pid> after = sup.pids();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < CHILDREN; i++) {
            int crashed = i < CRASHING ? crashes[i] : 0;
            assertThat(starts.get((long) i)).as("starts of c" + i).isEqualTo(1 + crashed);
            assertThat(sup.restarts("c" + i)).as("restarts of c" + i).isEqualTo(crashed);
            if (crashed == 0) {
                assertThat(after.get("c" + i)).isEqualTo(before.get("c" + i));
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(after.get("guest" + i)).isEqualTo(before.get("guest" + i));
        }
        List<Long> late = latenessMs.stream().sorted().toList();
        System.out.printf(
                "%d updates in %d ms, %d calls of children, %d of the supervisor; %d restarts, late by (ms): median %d, p99 %d,"
                        + " max %d%n",
                UPDATES,
                tookMs,
                calls.get(),
                asked.get(),
                late.size(),
                late.get(late.size() / 2),
                late.get(late.size() * 99 / 100),
                late.get(late.size() - 1));
        assertThat(late.get(0)).as("none is early").isGreaterThanOrEqualTo(0);
        assertThat(late.get(late.size() - 1)).isLessThan(MUCH_TOO_LATE.toMillis());
        for (ClassLoaderWatch watch : watches) {
            watch.assertCollected();
        }
    }

    private void crash(int child, int[] crashes) {
        // One that waits to be restarted has no process, and is left alone.
        ChildrenTable.of(bench.tables(), "bequest.supervisor.sup")
                .pid("c" + child)
                .ifPresent(pid -> {
                    int startsBefore = starts.get((long) child);
                    if (startsBefore == 1 + crashes[child]) {
                        crashes[child]++;
                        bench.processes().cast(pid, "crash");
                    }
                });
    }

    @Test
    public void restartsCountFurther_afterAnUpdate() throws Exception {
        bench.module("cell", Cell::new);
        bench.root()
                .start(ChildSpec.of(SupervisorSpec.of("sup")
                                .intensity(3, Duration.ofHours(1))
                                .child(ChildSpec.of("c", "cell").argument(0L)))
                        .plan(RestartPlan.waitForOperator()));
        Supervisor sup = bench.supervisor("sup");
        for (int i = 1; i <= 3; i++) {
            Pid before = sup.pid("c").orElseThrow();
            bench.processes().exit(before, ExitReason.KILLED);
            Wait.until(
                    "it runs again", () -> !sup.pids().getOrDefault("c", before).equals(before));
            assertThat(sup.restarts("c")).isEqualTo(i);

            update(i);

            assertThat(sup.restarts("c")).isEqualTo(i);
        }
        CompletionStage<ExitReason> exited = bench.processes().exited(sup.pid());

        bench.processes().exit(sup.pid("c").orElseThrow(), ExitReason.KILLED);

        assertThat(Wait.result(exited).expected()).isTrue();
    }

    @Test
    public void childWhoseTimeComesWhileTheSupervisorsAreAway_isRestartedWhenTheyAreBack() throws Exception {
        Duration delay = Duration.ofSeconds(2);
        bench.module("cell", Cell::new);
        bench.root()
                .start(ChildSpec.of(SupervisorSpec.of("sup")
                        .child(ChildSpec.of("c", "cell")
                                .argument(0L)
                                .shutdown(ChildSpec.KILL)
                                .plan(RestartPlan.after(delay)))));
        Pid before = bench.supervisor("sup").pid("c").orElseThrow();
        supervisors().stop();

        bench.processes().cast(before, "crash");
        Wait.until("it has ended", () -> !bench.processes().isAlive(before));
        Wait.until("its time has come", () -> System.nanoTime() - crashedAtNanos.get(0L) > delay.toNanos());
        assertThat(starts.get(0L)).isEqualTo(1);
        long back = System.nanoTime();
        supervisors().start();

        Wait.until("it is restarted", () -> starts.get(0L) == 2);
        assertThat(System.nanoTime() - back)
                .as("its time counts from its end, which nobody was there to hear of")
                .isLessThan(delay.toNanos());
    }
}
