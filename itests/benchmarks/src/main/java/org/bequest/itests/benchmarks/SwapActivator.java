// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In the bundles that {@link SwapProbes} makes: offers the module which is swapped. */
public final class SwapActivator implements BundleActivator {
    static final String MODULE = "bench.swapped";

    /** All that the bundle holds. */
    static final List<Class<?>> CLASSES = List.of(SwapActivator.class, Swapped.class);

    @Override
    public void start(BundleContext context) {
        Semaphore resumed = context.getService(context.getServiceReference(Semaphore.class));
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(WorkerModule.MODULE, MODULE);
        context.registerService(WorkerModule.class, () -> new Swapped(resumed), properties);
    }

    @Override
    public void stop(BundleContext context) {}

    /** Has a table with as many rows as it was started with, and says when it goes on with new code. */
    private static final class Swapped implements Worker {
        private final Semaphore resumed;

        Swapped(Semaphore resumed) {
            this.resumed = resumed;
        }

        @Override
        public void onStart(Self self, Object rows) {
            if (rows instanceof Long size) {
                Table table = self.tables().create(TableSpec.of("rows"));
                for (long i = 0; i < size; i++) {
                    table.insert(Tuple.of(i, "row", i));
                }
            }
        }

        @Override
        public void onResume(Self self, Handover handover) {
            resumed.release();
        }
    }
}
