// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bequest.tables.spi.Engine;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Follows the storage engines that come and go. Of several of one name the last to come is used. When it goes, its tables
 * move to another; if there is none, it is used until there is: its stores go on working, and new tables can still be made.
 */
final class EngineTracker implements ServiceTrackerCustomizer<Engine, Engine> {
    private final BundleContext context;
    private final Kernel kernel;
    /** Registered just now, in the order in which they came. */
    private final Map<String, List<Engine>> present = new ConcurrentHashMap<>();

    private final AtomicBoolean opened = new AtomicBoolean();

    EngineTracker(BundleContext context, Kernel kernel) {
        this.context = context;
        this.kernel = kernel;
    }

    @Override
    public @Nullable Engine addingService(ServiceReference<Engine> reference) {
        Engine engine = context.getService(reference);
        if (engine != null) {
            present.computeIfAbsent(name(reference), first -> new CopyOnWriteArrayList<>())
                    .add(engine);
            use(name(reference), engine);
            if (opened.compareAndSet(false, true)) {
                kernel.open();
            }
        }
        return engine;
    }

    private void use(String name, Engine engine) {
        kernel.engines.use(name, engine);
        kernel.ledger.carryOver(name, engine);
    }

    private static String name(ServiceReference<Engine> reference) {
        return String.valueOf(reference.getProperty(Engine.NAME));
    }

    @Override
    public void modifiedService(ServiceReference<Engine> reference, Engine engine) {
        // Its name holds as long as it is registered.
    }

    @Override
    public void removedService(ServiceReference<Engine> reference, Engine engine) {
        List<Engine> others = present.getOrDefault(name(reference), List.of());
        others.remove(engine);
        if (kernel.engines.uses(name(reference), engine) && !others.isEmpty()) {
            use(name(reference), others.get(others.size() - 1));
        }
        context.ungetService(reference);
    }
}
