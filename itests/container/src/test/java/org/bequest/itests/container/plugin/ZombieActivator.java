// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A plugin whose thread outlives it and goes on writing into table "haunted" under the plugin's version, until it has been
 * refused often enough. Offers the number of refusals as a service.
 */
public final class ZombieActivator implements BundleActivator {
    /** Refusals after which the thread gives up. */
    public static final long ENOUGH = 1_000;

    private final AtomicLong refusals = new AtomicLong();

    @Override
    public void start(BundleContext context) {
        Tables tables = context.getService(context.getServiceReference(Tables.class));
        Table table = tables.claim(TableSpec.of("haunted"));
        String version = context.getBundle().getVersion().toString();
        Thread thread = new Thread(() -> haunt(table, version), "zombie " + version);
        thread.setDaemon(true);
        thread.start();
        context.registerService(Supplier.class, refusals::get, null);
    }

    private void haunt(Table table, String version) {
        for (long i = 0; refusals.get() < ENOUGH; i++) {
            try {
                table.insert(Tuple.of(version, i));
            } catch (FencedException e) {
                refusals.incrementAndGet();
            }
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
