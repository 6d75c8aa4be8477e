// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bequest.table.Tables;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A framework with a kernel inside the JVM of a test. Its bundles are those of the test's class path; the API they have from the
 * test, so that the test can call what they offer as if there were no container between.
 *
 * <p>The class path needs a framework, the kernel, a component runtime with what that needs, and the engines to be tested.
 *
 * <p>Threads: any. {@link #close} ends the framework and removes its files.
 */
public final class EmbeddedContainer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    /** Not as bundles: their packages come from the class path of the test. */
    private static final List<String> SHARED = List.of("org.bequest.api", "org.bequest.tables.spi", "slf4j.api");

    private static final List<String> ALWAYS = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.scr",
            "org.bequest.kernel");

    private final Map<String, ClassPathBundle> classPath;
    private final Path storage;
    private final Framework framework;

    private EmbeddedContainer(Map<String, ClassPathBundle> classPath, Path storage, Framework framework) {
        this.classPath = classPath;
        this.storage = storage;
        this.framework = framework;
    }

    /**
     * Starts a framework with the kernel and these bundles.
     *
     * @param bundles symbolic names
     * @throws IllegalStateException if one of them is not on the class path
     */
    public static EmbeddedContainer start(String... bundles) throws IOException, BundleException {
        Map<String, ClassPathBundle> classPath = ClassPathBundle.all();
        Path storage = Files.createTempDirectory("bequest-embedded-");
        Map<String, String> configuration = Map.of(
                Constants.FRAMEWORK_STORAGE,
                storage.toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                SHARED.stream().map(name -> find(classPath, name).exports()).collect(Collectors.joining(",")));
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no OSGi framework on the class path"))
                .newFramework(configuration);
        EmbeddedContainer container = new EmbeddedContainer(classPath, storage, framework);
        try {
            framework.start();
            container.startAll(bundles);
            return container;
        } catch (BundleException | RuntimeException e) {
            container.close();
            throw e;
        }
    }

    private static ClassPathBundle find(Map<String, ClassPathBundle> classPath, String name) {
        ClassPathBundle bundle = classPath.get(name);
        if (bundle == null) {
            throw new IllegalStateException("There is no bundle " + name
                    + " on the class path: the test needs it as a dependency. These are: " + classPath.keySet());
        }
        return bundle;
    }

    /** Installs all, then starts all, so that their order does not matter. */
    private void startAll(String... names) throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (String name : Stream.concat(ALWAYS.stream(), Arrays.stream(names)).toList()) {
            bundles.add(framework
                    .getBundleContext()
                    .installBundle(find(classPath, name).location()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    /** @throws IllegalArgumentException if there is no such bundle in the container */
    public Bundle bundle(String symbolicName) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no bundle " + symbolicName));
    }

    /** Adds a bundle that holds nothing, to act in its name. */
    public Bundle newBundle(String symbolicName) throws BundleException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar, manifest)) {
            out.finish();
        } catch (IOException e) {
            throw new IllegalStateException("An array could not be written to", e);
        }
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("embedded:" + symbolicName, new ByteArrayInputStream(jar.toByteArray()));
        bundle.start();
        return bundle;
    }

    /** The tables, as that bundle sees them. Waits until there is an engine. */
    public Tables tablesOf(Bundle bundle) throws InterruptedException {
        return serviceOf(bundle, Tables.class);
    }

    /** A service, as that bundle sees it. Waits until there is one. */
    public <T> T serviceOf(Bundle bundle, Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(bundle.getBundleContext(), type, null);
        tracker.open();
        T service = tracker.waitForService(PATIENCE_MILLIS);
        if (service == null) {
            throw new IllegalStateException("There is no " + type.getName() + ". " + states());
        }
        return service;
    }

    private String states() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .map(bundle -> bundle.getSymbolicName() + (bundle.getState() == Bundle.ACTIVE ? "" : " (not active)"))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(PATIENCE_MILLIS);
            delete(storage);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("The files of the framework could not be removed", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
