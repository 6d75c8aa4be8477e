// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import org.bequest.pool.Pool;
import org.bequest.pool.PoolProtocol;
import org.bequest.pool.PoolSpec;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;

/** Pools of processes that do nothing. */
final class BequestLending implements Lending {
    private final Bequest bequest = Bequest.start("org.bequest.pools");
    private final Pool pool;

    BequestLending() throws Exception {
        bequest.offer("idle", () -> new Worker() {});
        bequest.service(WorkerModule.class, "(" + WorkerModule.MODULE + "=" + PoolProtocol.MODULE + ")");
        bequest.processes.spawn(PoolSpec.of("measured", "idle").size(WORKERS).process());
        pool = Pool.of(bequest.tables, bequest.processes, "measured");
        while (pool.status().idle() < WORKERS) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void borrowAndReturn() {
        pool.checkout().close();
    }

    @Override
    public void close() {
        bequest.close();
    }
}
