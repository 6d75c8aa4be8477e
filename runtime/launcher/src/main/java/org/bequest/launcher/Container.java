// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/** An OSGi framework in this JVM, with storage of its own that goes with it. */
final class Container implements AutoCloseable {
    private static final long SERVICE_PATIENCE_MILLIS = 10_000;

    private final Framework framework;

    /**
     * Starts the framework, and the bundles that are always there.
     *
     * @param properties for the framework and its bundles
     */
    Container(Path storage, Map<String, String> properties) throws BundleException, IOException, ContainerException {
        Map<String, String> configuration = new HashMap<>(properties);
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, loggingPackages());
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(configuration);
        framework.start();
        try {
            start(bundles("bundles"));
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Bundles log through the launcher's SLF4J: one configuration, and no extender is needed to find its provider. */
    private static String loggingPackages() {
        return Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
                .map(name -> name + ";version=" + Build.slf4j())
                .collect(Collectors.joining(","));
    }

    /** The bundles that the build has put in a folder. */
    static List<Path> bundles(String folder) throws IOException, ContainerException {
        Path path = Build.home().resolve(folder);
        if (!Files.isDirectory(path)) {
            throw new ContainerException("There are no bundles in " + path + ": build Bequest first (mvn package)");
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Installs all, then starts all, so that their order does not matter. Says of each that cannot start why. */
    void start(List<Path> jars) throws BundleException, ContainerException {
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            bundles.add(context().installBundle(jar.toUri().toString()));
        }
        Map<String, String> reasons = new TreeMap<>();
        for (Bundle bundle : bundles) {
            try {
                start(bundle);
            } catch (BundleException e) {
                String reason = e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause());
                reasons.put(bundle.getSymbolicName() + " " + bundle.getVersion(), reason);
            }
        }
        if (!reasons.isEmpty()) {
            throw new ContainerException("Some bundles do not start:\n"
                    + reasons.entrySet().stream()
                            .map(reason -> "  " + reason.getKey() + ": " + reason.getValue())
                            .collect(Collectors.joining("\n")));
        }
    }

    private static boolean opensTerminal(Bundle bundle) {
        return bundle.getSymbolicName().equals("org.apache.felix.gogo.jline");
    }

    private static void start(Bundle bundle) throws BundleException {
        if (!opensTerminal(bundle)) {
            bundle.start();
            return;
        }
        // JLine looks for its terminal providers with the context class loader, and in its own bundle only if there is
        // none.
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            bundle.start();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** Waits for a service; the framework itself says whose it is to be. */
    @SuppressWarnings("unchecked")
    <T> T service(Class<T> type, String filter) throws ContainerException, InterruptedException {
        return (T) await("(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")" + filter + ")")
                .getService();
    }

    /** Waits for commands of the shell that have a scope; returns their names. */
    List<String> commands(String scope) throws ContainerException, InterruptedException {
        ServiceTracker<?, ?> tracker = await("(osgi.command.scope=" + scope + ")");
        Object names = tracker.getServiceReference().getProperty("osgi.command.function");
        tracker.close(); // a component may go again, as it may whenever no command of it runs
        return names instanceof String[] several ? List.of(several) : List.of((String) names);
    }

    private ServiceTracker<Object, Object> await(String filter) throws ContainerException, InterruptedException {
        ServiceTracker<Object, Object> tracker = tracker(filter);
        tracker.open();
        if (tracker.waitForService(SERVICE_PATIENCE_MILLIS) == null) {
            throw new ContainerException("No bundle offers the service " + filter
                    + ". One of these is not active, or one of its components lacks a service:\n" + states());
        }
        return tracker;
    }

    private ServiceTracker<Object, Object> tracker(String filter) {
        try {
            return new ServiceTracker<>(context(), context().createFilter(filter), null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String states() {
        return Stream.of(context().getBundles())
                .map(bundle -> "  " + (bundle.getState() == Bundle.ACTIVE ? "active " : "STOPPED") + " "
                        + bundle.getSymbolicName())
                .collect(Collectors.joining("\n"));
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }

    /** Returns when the framework has been stopped by one of its bundles. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(SERVICE_PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
