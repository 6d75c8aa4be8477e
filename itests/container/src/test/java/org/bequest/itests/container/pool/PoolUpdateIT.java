// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bequest.pool.Lease;
import org.bequest.pool.Pool;
import org.bequest.process.Caller;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The pools' bundle is replaced under borrowers, of whom nobody sees an error. */
public class PoolUpdateIT extends PoolTest {
    private static final int UPDATES = 40;
    private static final int BORROWERS = 64;
    private static final int SIZE = 12;
    private static final int OVERFLOW = 8;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong leases = new AtomicLong();
    private final Set<Pid> lent = ConcurrentHashMap.newKeySet();

    private Bundle pools() {
        return bench.shipped("org.bequest.pools");
    }

    @After
    public void startPools() throws BundleException {
        pools().start();
    }

    /** Borrows and returns as long as the test goes on; nobody else may have the same worker. */
    private void borrow(Pool pool, long seedOfIts) {
        Random random = new Random(seedOfIts);
        while (!done.get()) {
            try (Lease lease = pool.checkout(Wait.LIMIT)) {
                assertThat(lent.add(lease.pid())).as("lent once").isTrue();
                if (random.nextInt(4) == 0) {
                    assertThat(lease.call("who", Wait.LIMIT)).isEqualTo(lease.pid());
                }
                assertThat(lent.remove(lease.pid())).isTrue();
            }
            leases.incrementAndGet();
            if (random.nextInt(8) == 0) {
                Thread.yield();
            }
        }
    }

    /** A process that borrows. */
    private final class Borrower implements Worker {
        @Override
        public void onCall(Self self, Object request, Caller caller) {
            borrow(poolOf(self), (Long) request);
            caller.reply("done");
        }
    }

    @Test
    public void nobodySeesAnError_whenThePoolsAreReplacedUnder64Borrowers() throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        bench.module("borrower", Borrower::new, WorkerModule.BLOCKING, true);
        Pool pool = start(spec(SIZE).overflow(OVERFLOW).linger(Duration.ofMillis(20)));
        List<CompletableFuture<?>> borrowers = new ArrayList<>();
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pools.add(poolOf(bench.bundle("borrower" + i)));
        }
        for (int i = 0; i < BORROWERS; i++) {
            long its = random.nextLong();
            if (i % 4 == 0) {
                Pid process = bench.processes().spawn(ProcessSpec.of("borrower"));
                borrowers.add(Background.get(() -> bench.processes().call(process, its, Wait.LIMIT.multipliedBy(10))));
            } else {
                Pool one = pools.get(i % pools.size());
                borrowers.add(Background.run(() -> borrow(one, its)));
            }
        }
        List<ClassLoaderWatch> watches = new ArrayList<>();
        try {
            for (int i = 0; i < UPDATES && borrowers.stream().noneMatch(CompletableFuture::isDone); i++) {
                watches.add(ClassLoaderWatch.of(pools()));
                update(i);
                assertConserved(SIZE, SIZE + OVERFLOW);
                long point = leases.get() + 200;
                Wait.until("borrowing goes on", () -> {
                    assertConserved(SIZE, SIZE + OVERFLOW);
                    return leases.get() >= point || borrowers.stream().anyMatch(CompletableFuture::isDone);
                });
            }
        } finally {
            done.set(true);
        }
        borrowers.forEach(Wait::result);
        untilIdle(pool, SIZE);
        assertThat(lent).isEmpty();
        System.out.printf("%d updates, %d leases, %d workers started%n", UPDATES, leases.get(), starts.get());
        Wait.until("the workers that were too many have ended", () -> hands() == SIZE);
        for (ClassLoaderWatch watch : watches) {
            watch.assertCollected();
        }
    }

    private void update(int number) throws Exception {
        Bundle bundle = pools();
        if (number % 3 == 1) {
            bundle.stop();
            bundle.start();
        } else {
            try (InputStream jar = new URL(bundle.getLocation()).openStream()) {
                bundle.update(jar);
            }
        }
        if (number % 10 == 0) {
            bench.refresh(bundle);
        }
    }
}
