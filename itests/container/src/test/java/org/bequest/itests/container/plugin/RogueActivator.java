// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.util.Hashtable;
import org.bequest.process.WorkerModule;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers {@link Rogue}s as module "rogue", with a short grace time. */
public final class RogueActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(WorkerModule.MODULE, "rogue");
        properties.put(WorkerModule.GRACE_MS, 50L);
        context.registerService(WorkerModule.class, Rogue::new, properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
