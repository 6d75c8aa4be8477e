// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.function.Function;
import org.bequest.table.Owner;
import org.bequest.table.TransferListener;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Follows bundles: gives each its own view of the kernel, and ends its life when it has stopped. The end is the STOPPED
 * event, after the bundle's activator and components have had their chance to write a last time.
 */
final class Bundles implements SynchronousBundleListener, ServiceTrackerCustomizer<TransferListener, TransferListener> {
    private final BundleContext context;
    private final Kernel kernel;

    Bundles(BundleContext context, Kernel kernel) {
        this.context = context;
        this.kernel = kernel;
    }

    /** A service of which each bundle gets its own, bound to its present life. */
    <T> ServiceFactory<T> perBundle(Function<Life, T> view) {
        return new ServiceFactory<>() {
            @Override
            public T getService(Bundle bundle, ServiceRegistration<T> registration) {
                return view.apply(life(bundle));
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<T> registration, T service) {
                // A component of the bundle was deactivated, perhaps; the bundle lives on until it stops.
            }
        };
    }

    private BundleLife life(Bundle bundle) {
        return kernel.registry.bundle(
                kernel, new Owner.Bundle(String.valueOf(bundle.getSymbolicName()), bundle.getBundleId()));
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        long id = event.getBundle().getBundleId();
        if (event.getType() == BundleEvent.STOPPED) {
            ended(id);
        } else if (event.getType() == BundleEvent.UNINSTALLED) {
            kernel.modules.bundleUninstalled(id);
        }
    }

    /** A bundle has stopped, or the kernel does. */
    void ended(long id) {
        BundleLife life = kernel.registry.removeBundle(id);
        if (life != null) {
            kernel.ledger.end(() -> life);
            life.forget();
        }
    }

    @Override
    public @Nullable TransferListener addingService(ServiceReference<TransferListener> reference) {
        TransferListener listener = context.getService(reference);
        Bundle bundle = reference.getBundle();
        if (listener != null && bundle != null) {
            life(bundle).add(listener);
        }
        return listener;
    }

    @Override
    public void modifiedService(ServiceReference<TransferListener> reference, TransferListener listener) {
        // Its properties say nothing.
    }

    @Override
    public void removedService(ServiceReference<TransferListener> reference, TransferListener listener) {
        Bundle bundle = reference.getBundle();
        if (bundle != null) {
            life(bundle).remove(listener);
        }
        context.ungetService(reference);
    }
}
