// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.bequest.pool.Lease;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolException;
import org.bequest.pool.PooledWorker;
import org.bequest.process.Caller;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.FencedException;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Whatever happens, in whatever order: in the end all workers are there, idle, and nothing else is. */
public class PoolChaosIT extends PoolTest {
    private static final int STEPS = 1_000;
    private static final int MOST = 6;
    private static final int OVERFLOW = 3;
    private static final int BORROWERS = 4;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Lease> held = new ArrayList<>();
    private final List<CompletableFuture<Lease>> waiting = new ArrayList<>();
    private final List<Pid> processes = new ArrayList<>();
    private final List<Bundle> bundles = new ArrayList<>();
    private Pool pool;
    private boolean draining;

    private Bundle pools() {
        return bench.shipped("org.bequest.pools");
    }

    @After
    public void startPools() throws BundleException {
        pools().start();
    }

    /** Borrows when it is told to, and never returns anything. */
    private static final class Keeper implements Worker {
        private Pool pool;

        @Override
        public void onStart(Self self, Object argument) {
            pool = poolOf(self);
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(null);
        }

        @Override
        public void onCast(Self self, Object message) {
            attempt(() -> {
                if (message.equals("wait")) {
                    pool.checkout(Duration.ofMillis(200));
                } else {
                    pool.tryCheckout();
                }
            });
        }
    }

    /** What may be refused while all this happens, and nothing else. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (PoolException | FencedException | ProcessExitedException expected) {
            // There is none, or somebody has ended.
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> attempt(() -> pool.tryCheckout().ifPresent(held::add));
            case 4, 5, 6, 7 -> taken(held).ifPresent(Lease::close);
            case 8 -> taken(held).ifPresent(Lease::discard);
            case 9 -> {
                Duration patience = Duration.ofMillis(1 + random.nextInt(100));
                waiting.add(Background.get(() -> pool.checkout(patience)));
            }
            case 10 -> killWorker();
            case 11 ->
                bench.processes()
                        .cast(processes.get(random.nextInt(processes.size())), random.nextBoolean() ? "wait" : "try");
            case 12 -> replaceProcess();
            case 13 ->
                attempt(() ->
                        poolOf(bundles.get(random.nextInt(bundles.size()))).tryCheckout());
            case 14 -> replaceBundle();
            case 15 -> update();
            case 16 -> crash();
            default -> manage();
        }
        waiting.removeIf(one -> {
            if (one.isDone() && !one.isCompletedExceptionally()) {
                held.add(one.join());
            }
            return one.isDone();
        });
    }

    private Optional<Lease> taken(List<Lease> from) {
        return from.isEmpty() ? Optional.empty() : Optional.of(from.remove(random.nextInt(from.size())));
    }

    private void killWorker() {
        List<Pid> workers = pids(pool);
        if (!workers.isEmpty()) {
            kill(workers.get(random.nextInt(workers.size())));
        }
    }

    private void replaceProcess() {
        int victim = random.nextInt(processes.size());
        kill(processes.get(victim));
        processes.set(victim, bench.processes().spawn(ProcessSpec.of("keeper")));
    }

    private void replaceBundle() throws BundleException {
        Bundle bundle = bundles.get(random.nextInt(bundles.size()));
        bundle.stop();
        bundle.start();
    }

    private void update() throws Exception {
        try (InputStream jar = new URL(pools().getLocation()).openStream()) {
            pools().update(jar);
        }
    }

    private void manage() {
        if (draining) {
            pool.resume();
            draining = false;
        } else if (random.nextInt(3) == 0) {
            draining = true;
            attempt(() -> pool.drain(Duration.ofMillis(random.nextInt(20))));
        } else {
            attempt(() -> pool.resize(1 + random.nextInt(MOST), random.nextInt(OVERFLOW + 1)));
        }
    }

    @Test
    public void everythingIsThereInTheEnd_whateverHappens() throws Exception {
        System.out.println("seed " + seed);
        bench.module("keeper", Keeper::new, WorkerModule.BLOCKING, true);
        pool = start(spec(MOST).overflow(OVERFLOW).linger(Duration.ofMillis(30)).shutdown(Duration.ofMillis(500)));
        for (int i = 0; i < BORROWERS; i++) {
            processes.add(bench.processes().spawn(ProcessSpec.of("keeper")));
            bundles.add(bench.bundle("chaos" + i));
        }

        for (int i = 0; i < STEPS; i++) {
            step();
            assertConserved(1, MOST + OVERFLOW);
        }

        if (draining) {
            pool.resume();
        }
        pool.resize(MOST, 0);
        waiting.forEach(one -> one.thenAccept(Lease::close));
        held.forEach(Lease::close);
        processes.forEach(this::kill);
        for (Bundle bundle : bundles) {
            bundle.stop();
        }
        untilIdle(pool, MOST);
        assertThat(pool.status().waiting()).isZero();
        assertThat(pool.workers()).extracting(PooledWorker::borrower).containsOnlyNulls();
        Wait.until("nobody works outside of the pool", () -> hands() == MOST);
        assertThat(bench.tables().list().stream().filter(table -> table.name().startsWith("bequest.borrower.")))
                .as("the test's own is left")
                .hasSize(1);
        List<Lease> all = borrowAll(pool, MOST);
        assertThat(all)
                .allSatisfy(lease -> assertThat(lease.call("who", Wait.LIMIT)).isEqualTo(lease.pid()));
        all.forEach(Lease::close);
    }
}
