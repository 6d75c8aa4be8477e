// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.List;
import org.bequest.process.Processes;
import org.bequest.table.Escrow;
import org.bequest.table.Tables;
import org.osgi.framework.BundleContext;

/** The parts of the kernel, as they are wired to each other. */
final class Kernel {
    final Scheduler scheduler = new Scheduler();
    final Registry registry = new Registry();
    final Engines engines = new Engines();
    final EngineTracker engineTracker;
    final Ledger ledger;
    final Bundles bundles;
    final Modules modules;
    final LivingServices services;

    private final BundleContext context;

    Kernel(BundleContext context) {
        this.context = context;
        engineTracker = new EngineTracker(context, this);
        ledger = new Ledger(engines, registry);
        bundles = new Bundles(context, this);
        modules = new Modules(context, this);
        services = new LivingServices(context, scheduler);
    }

    /** Offers the services: from when there is an engine to keep tables in, and then for good. */
    void open() {
        context.registerService(Escrow.class, ledger, null);
        context.registerService(Tables.class, bundles.perBundle(life -> new TablesView(ledger, life)), null);
        context.registerService(Processes.class, bundles.perBundle(life -> new ProcessesView(this, life)), null);
    }

    void stop() {
        List.copyOf(registry.processes()).forEach(KernelProcess::kill);
        registry.bundles().forEach(bundles::ended);
        scheduler.stop();
    }
}
