// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.InputStream;
import java.time.Duration;
import java.util.Hashtable;
import org.bequest.itests.conformance.engine.EmbeddedContainer;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.util.tracker.ServiceTracker;

/** A container with the kernel and the heap engine. The framework's own bundle offers the modules, and asks. */
final class Bequest implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(Gate.PATIENCE_SECONDS);

    final Processes processes;
    final Tables tables;
    private final EmbeddedContainer container;
    private final BundleContext context;
    private int installed;

    /** @param bundles further ones, of the class path */
    static Bequest start(String... bundles) throws Exception {
        String[] all = new String[bundles.length + 1];
        all[0] = "org.bequest.tables.heap";
        System.arraycopy(bundles, 0, all, 1, bundles.length);
        return new Bequest(EmbeddedContainer.start(all));
    }

    private Bequest(EmbeddedContainer container) throws Exception {
        this.container = container;
        this.context = container.bundle("org.apache.felix.framework").getBundleContext();
        this.tables = container.tablesOf(context.getBundle());
        this.processes = service(Processes.class, "(objectClass=*)");
    }

    /** Waits for a service. */
    <T> T service(Class<T> type, String filter) throws Exception {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(
                context, context.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"), null);
        tracker.open();
        T service = tracker.waitForService(PATIENCE.toMillis());
        if (service == null) {
            throw new IllegalStateException("No bundle offers a " + type.getName() + " with " + filter);
        }
        return service;
    }

    void offer(String module, WorkerModule workers) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(WorkerModule.MODULE, module);
        context.registerService(WorkerModule.class, workers, properties);
    }

    /** Offers a service to bundles. */
    <T> void register(Class<T> type, T service) {
        context.registerService(type, service, null);
    }

    Bundle install(InputStream jar) throws BundleException {
        return context.installBundle("bench:" + installed++, jar);
    }

    void awaitEnd(Pid process) {
        processes.exited(process).toCompletableFuture().join();
    }

    @Override
    public void close() {
        try {
            container.close();
        } catch (BundleException e) {
            throw new IllegalStateException("The container did not stop", e);
        }
    }
}
