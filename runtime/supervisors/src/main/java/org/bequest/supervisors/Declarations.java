// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@link ChildDeclaration} services. */
@Component(service = {})
public final class Declarations implements SynchronousBundleListener {
    /* A bundle that is uninstalled was stopped before, as one that is updated is, too: only the event of its uninstallation
     * tells that what it has declared will not come back. Of services nothing is kept but what they say. */

    private static final Logger log = LoggerFactory.getLogger(Declarations.class);

    private final BundleContext context;
    private final Announcements announcements;
    /** By bundle, the ids of all that it has ever declared. */
    private final Map<Long, Set<String>> ids = new ConcurrentHashMap<>();

    private volatile boolean active = true;

    @Activate
    public Declarations(BundleContext context, @Reference Announcements announcements) {
        this.context = context;
        this.announcements = announcements;
        context.addBundleListener(this);
    }

    @Deactivate
    void deactivate() {
        // What is unbound from now on has not gone.
        active = false;
        context.removeBundleListener(this);
    }

    @Reference(
            service = ChildDeclaration.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addDeclaration(ChildDeclaration declaration, ServiceReference<ChildDeclaration> reference) {
        String source = source(reference);
        try {
            ChildSpec child = declaration.child();
            child.check(AutoShutdown.NEVER);
            String id = child.id();
            if (id == null) {
                throw new IllegalArgumentException("a child that is declared must have an id");
            }
            ids.computeIfAbsent(reference.getBundle().getBundleId(), any -> ConcurrentHashMap.newKeySet())
                    .add(id);
            announcements.declare(source, child);
        } catch (Throwable failed) {
            log.error("What {} declares cannot be, and is passed over", source, failed);
        }
    }

    void removeDeclaration(ServiceReference<ChildDeclaration> reference) {
        if (active) {
            announcements.withdraw(source(reference), false);
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.UNINSTALLED) {
            Set<String> declared = ids.remove(event.getBundle().getBundleId());
            if (declared != null) {
                declared.forEach(announcements::giveUp);
            }
        }
    }

    private static String source(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return "bundle " + bundle.getSymbolicName() + " [" + bundle.getBundleId() + "], service "
                + reference.getProperty(Constants.SERVICE_ID);
    }
}
