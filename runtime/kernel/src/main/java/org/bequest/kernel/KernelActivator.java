// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.process.WorkerModule;
import org.bequest.table.TransferListener;
import org.bequest.tables.spi.Engine;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Wires the kernel to the framework. An activator and no component, so that the kernel runs without a component runtime and
 * hangs on no other bundle: docs/decisions/0006-what-the-kernel-is-wired-to.md
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class KernelActivator implements BundleActivator {
    private @Nullable Kernel kernel;

    @Override
    public void start(BundleContext context) {
        Kernel started = new Kernel(context);
        kernel = started;
        context.addBundleListener(started.bundles);
        new ServiceTracker<>(context, WorkerModule.class, started.modules).open();
        new ServiceTracker<>(context, TransferListener.class, started.bundles).open();
        new ServiceTracker<>(context, Engine.class, started.engineTracker).open();
    }

    @Override
    public void stop(BundleContext context) {
        if (kernel != null) {
            kernel.stop();
            kernel = null;
        }
    }
}
