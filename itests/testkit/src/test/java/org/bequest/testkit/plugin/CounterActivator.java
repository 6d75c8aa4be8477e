// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit.plugin;

import java.util.Hashtable;
import java.util.Map;
import org.bequest.process.Caller;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers the module {@code counter}: each call counts the request, in the table {@code counts}. */
public final class CounterActivator implements BundleActivator {
    /** Header of a bundle whose workers cannot take over. */
    public static final String BROKEN = "Counter-Broken";

    @Override
    public void start(BundleContext context) {
        boolean broken = context.getBundle().getHeaders().get(BROKEN) != null;
        context.registerService(
                WorkerModule.class, () -> new Counter(broken), new Hashtable<>(Map.of(WorkerModule.MODULE, "counter")));
    }

    @Override
    public void stop(BundleContext context) {}

    private static final class Counter implements Worker {
        private final boolean broken;
        private @Nullable Table counts;

        Counter(boolean broken) {
            this.broken = broken;
        }

        @Override
        public void onStart(Self self, @Nullable Object argument) {
            counts = self.tables().claim(TableSpec.of("counts"));
        }

        @Override
        public void onResume(Self self, Handover handover) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            onStart(self, handover.argument());
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(counts.updateCounter(request, 1, 1, Tuple.of(request, 0)));
        }
    }
}
