// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bequest.table.NoEngineException;
import org.bequest.table.Owner;
import org.bequest.table.TableSpec;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * The storage engines that are there. One that has left is remembered until another of its name comes: its stores go on
 * working meanwhile, and new tables can still be made. When another comes, the rows move over.
 */
final class Engines implements ServiceTrackerCustomizer<Engine, Engine> {
    private final BundleContext context;
    private final Kernel kernel;
    private final Map<String, Engine> engines = new ConcurrentHashMap<>();
    private final AtomicBoolean opened = new AtomicBoolean();

    Engines(BundleContext context, Kernel kernel) {
        this.context = context;
        this.kernel = kernel;
    }

    Store newStore(TableSpec spec, Owner who) {
        Engine engine = engines.get(spec.engine());
        if (engine == null) {
            throw new NoEngineException(
                    spec.name(),
                    "Table '" + spec.name() + "' needs engine '" + spec.engine() + "', which is not there; " + who
                            + " asked for it. Start a bundle that offers it, or name one of " + engines.keySet() + ".");
        }
        return engine.newStore(spec.type(), spec.keyPosition());
    }

    @Override
    public @Nullable Engine addingService(ServiceReference<Engine> reference) {
        Engine engine = context.getService(reference);
        if (engine != null) {
            String name = String.valueOf(reference.getProperty(Engine.NAME));
            engines.put(name, engine);
            kernel.ledger.carryOver(name, engine);
            if (opened.compareAndSet(false, true)) {
                kernel.open();
            }
        }
        return engine;
    }

    @Override
    public void modifiedService(ServiceReference<Engine> reference, Engine engine) {
        // Its name holds as long as it is registered.
    }

    @Override
    public void removedService(ServiceReference<Engine> reference, Engine engine) {
        context.ungetService(reference);
    }
}
