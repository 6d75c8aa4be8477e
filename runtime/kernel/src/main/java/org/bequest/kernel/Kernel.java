// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.List;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.table.Escrow;
import org.bequest.table.Tables;
import org.jspecify.annotations.Nullable;
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
    private volatile boolean stopped;

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

    /**
     * Makes a new process one that can be found; it runs when it is told to begin. When that life is over the process is
     * there or will never be: so whoever comes after it can tell by the pid.
     *
     * @param then done before anybody can find that life over
     */
    void add(Life by, KernelProcess process, @Nullable String name, Runnable then) {
        process.module.join(process);
        try {
            by.beforeTheEnd("spawn a process", () -> {
                registry.add(process, name);
                then.run();
            });
        } catch (RuntimeException | Error refused) {
            process.die(ExitReason.NORMAL);
            throw refused;
        }
        if (stopped) {
            process.kill(); // It may have come too late to be seen below.
        }
    }

    /**
     * Ends all there is. Bundles first: then only processes begin others, a supervisor its killed children for instance, until
     * none is left. One that was overlooked would keep the code of its module in use, and whoever stops that waiting.
     */
    void stop() {
        stopped = true;
        registry.bundles().forEach(bundles::ended);
        for (List<KernelProcess> left = List.copyOf(registry.processes());
                !left.isEmpty();
                left = List.copyOf(registry.processes())) {
            left.forEach(KernelProcess::kill);
        }
        scheduler.stop();
    }
}
