// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bequest.pool.Lease;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolSpec;
import org.bequest.process.Processes;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Supervisor;
import org.bequest.table.Tables;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The code of {@code docs/pools.md}. */
public class PoolsTourIT extends PoolTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    public void aPool() {
        Supervisor root = bench.root();
        Tables tables = bench.tables();
        Processes processes = bench.processes();
        // tag::start[]
        PoolSpec printers = PoolSpec.of("printers", "hand")
                .size(4)
                .overflow(2)
                .validation("fit", Duration.ofSeconds(1))
                .maxLifetime(Duration.ofHours(1))
                .leakThreshold(Duration.ofMinutes(1));

        root.start(printers.child());
        // end::start[]
        // tag::borrow[]
        Pool pool = Pool.of(tables, processes, "printers");
        try (Lease printer = pool.checkout()) {
            printer.call("a page", TIMEOUT);
        }
        Object reply = pool.transaction(printer -> printer.call("another", TIMEOUT));
        // end::borrow[]
        assertThat(reply).isNotNull();
        untilIdle(pool, 4);
    }

    // tag::declare[]
    /** In the plugin: a component of that service. */
    static final class Printers implements ChildDeclaration {
        @Override
        public ChildSpec child() {
            return PoolSpec.of("printers", "hand").size(4).child();
        }
    }
    // end::declare[]

    @Test
    public void aDeclaredPool() throws Exception {
        Bundle plugin = bench.bundle("printers");

        plugin.getBundleContext().registerService(ChildDeclaration.class, new Printers(), null);

        Pool pool = pool("printers");
        untilIdle(pool, 4);
        pool.checkout().close();
    }
}
