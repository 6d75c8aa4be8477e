// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit.plugin;

import org.bequest.testkit.shared.Greeting;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers a service of a type that is not the plugin's own. */
public final class GreetingActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(Greeting.class, name -> "Hello, " + name, null);
    }

    @Override
    public void stop(BundleContext context) {}
}
