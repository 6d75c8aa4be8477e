// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.util.Hashtable;
import org.bequest.itests.container.plugin.greeting.Greeter;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers {@link GreeterWorker} as module "greeter", whose processes are {@link Greeter} services. */
public final class GreeterActivator implements BundleActivator, WorkerModule {
    private String version = "";

    @Override
    public void start(BundleContext context) {
        version = context.getBundle().getVersion().toString();
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(MODULE, "greeter");
        properties.put(SERVICES, Greeter.class.getName());
        context.registerService(WorkerModule.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public Worker newWorker() {
        return new GreeterWorker(version);
    }
}
