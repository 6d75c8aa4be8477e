// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.felix.service.command.Descriptor;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolException;
import org.bequest.pool.PoolStatus;
import org.bequest.pool.PooledWorker;
import org.bequest.process.Processes;
import org.bequest.table.Tables;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What there is to see of pools, and to do about it. Public for Gogo, which finds commands by reflection. */
@Component(
        service = PoolCommands.class,
        property = {
            "osgi.command.scope=bequest",
            "osgi.command.function=pools",
            "osgi.command.function=pool",
            "osgi.command.function=resize",
            "osgi.command.function=drain",
            "osgi.command.function=resume"
        })
public final class PoolCommands {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Tables tables;
    private final Processes processes;

    @Activate
    public PoolCommands(@Reference Tables tables, @Reference Processes processes) {
        this.tables = tables;
        this.processes = processes;
    }

    @Descriptor("lists all pools with their workers and those who wait")
    public String pools() {
        Columns columns = new Columns("POOL", "SIZE", "IDLE", "BUSY", "STARTING", "OVERFLOW", "WAITING", "STATE");
        for (String name : Pool.names(tables)) {
            try {
                PoolStatus status = of(name).status();
                columns.row(
                        name,
                        status.size(),
                        status.idle(),
                        status.busy(),
                        status.starting(),
                        status.overflow() + " of " + status.maxOverflow(),
                        status.waiting(),
                        state(status));
            } catch (PoolException gone) {
                // It has ended since it was listed.
            }
        }
        return columns.orIfEmpty("There are no pools.");
    }

    private static String state(PoolStatus status) {
        return status.draining() ? "draining" : status.state().name().toLowerCase(Locale.ROOT);
    }

    @Descriptor(
            "shows a pool's workers: who has borrowed them, since when, and where; the last two if leaks are looked for")
    public String pool(@Descriptor("the pool's name") String name) {
        Pool pool = of(name);
        pool.status(); // there is such a pool
        Columns columns = new Columns("SLOT", "PID", "STATE", "BORROWER", "SINCE");
        StringBuilder stacks = new StringBuilder();
        for (PooledWorker worker : pool.workers()) {
            columns.row(
                    worker.slot(),
                    text(worker.pid()),
                    worker.state().name().toLowerCase(Locale.ROOT),
                    text(worker.borrower()),
                    worker.since() == null ? "-" : Age.of(Duration.between(worker.since(), Instant.now())));
            if (worker.stack() != null) {
                stacks.append("\n")
                        .append(worker.pid())
                        .append(" was borrowed\n")
                        .append(worker.stack());
            }
        }
        return columns + stacks.toString();
    }

    private static String text(@Nullable Object what) {
        return what == null ? "-" : what.toString();
    }

    @Descriptor("gives a pool another size")
    public String resize(
            @Descriptor("the pool's name") String name,
            @Descriptor("how many workers there always are") int size,
            @Descriptor("how many more there may be") int overflow) {
        of(name).resize(size, overflow);
        return "Pool '" + name + "' has " + size + " workers now, and up to " + overflow + " more.";
    }

    @Descriptor("has a pool lend nothing any more, and waits a little until all is returned")
    public String drain(@Descriptor("the pool's name") String name) {
        return of(name).drain(PATIENCE)
                ? "Pool '" + name + "' lends nothing, and all is returned."
                : "Pool '" + name + "' lends nothing. Not all is returned yet; 'pool " + name + "' shows what.";
    }

    @Descriptor("has a drained pool lend again")
    public String resume(@Descriptor("the pool's name") String name) {
        of(name).resume();
        return "Pool '" + name + "' lends again.";
    }

    private Pool of(String name) {
        return Pool.of(tables, processes, name);
    }
}
