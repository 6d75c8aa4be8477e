// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.util.Dictionary;
import java.util.Hashtable;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers {@link Puppet}s; header {@code Puppet} has the module's name, headers {@code Puppet-...} its other properties. */
public final class PuppetActivator implements BundleActivator, WorkerModule {
    private String version = "";
    private String trouble = "";

    @Override
    public void start(BundleContext context) {
        Dictionary<String, String> headers = context.getBundle().getHeaders();
        version = context.getBundle().getVersion().toString();
        trouble = headers.get("Puppet-Trouble") == null ? "" : headers.get("Puppet-Trouble");
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(MODULE, headers.get("Puppet"));
        if (headers.get("Puppet-Blocking") != null) {
            properties.put(BLOCKING, true);
        }
        if (headers.get("Puppet-Grace") != null) {
            properties.put(GRACE_MS, Long.valueOf(headers.get("Puppet-Grace")));
        }
        context.registerService(WorkerModule.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public Worker newWorker() {
        if (trouble.equals("newWorker")) {
            throw new IllegalStateException("newWorker does not want to");
        }
        return new Puppet(version, trouble);
    }
}
