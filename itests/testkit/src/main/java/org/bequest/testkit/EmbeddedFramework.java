// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework in this JVM, with storage of its own that goes with it. */
final class EmbeddedFramework implements AutoCloseable {
    private static final List<String> SHARED = List.of("org.bequest.api", "slf4j.api");
    private static final List<String> BUNDLES = List.of(
            "org.bequest.tables.spi",
            "org.bequest.kernel",
            "org.bequest.tables.heap",
            "org.bequest.supervisors",
            "org.bequest.pools",
            "org.bequest.tables.manager",
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.scr",
            "org.apache.felix.configadmin");

    private final Path storage;
    private final Framework framework;

    private EmbeddedFramework(Path storage, Framework framework) {
        this.storage = storage;
        this.framework = framework;
    }

    /** With all bundles started, or none left behind. */
    static EmbeddedFramework start(ContainerSpec spec) throws BundleException {
        ClassPath classPath = new ClassPath();
        List<String> shared = concat(SHARED, spec.shared());
        List<String> locations = concat(BUNDLES, spec.bundles()).stream()
                .map(classPath::location)
                .toList();
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class, EmbeddedFramework.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no framework on the class path: make one a"
                        + " dependency of the test, org.apache.felix:org.apache.felix.framework for instance"));
        Map<String, String> properties = new HashMap<>(spec.properties());
        properties.putIfAbsent("felix.resolver.parallelism", "1"); // its other threads would stay for a minute
        properties.merge(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                classPath.exports(shared),
                (theirs, ours) -> theirs + "," + ours);
        Path storage = newStorage();
        properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        EmbeddedFramework started = new EmbeddedFramework(storage, factory.newFramework(properties));
        try {
            started.framework.start();
            started.startAll(locations);
            return started;
        } catch (BundleException | RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Path newStorage() {
        try {
            return Files.createTempDirectory("bequest-testkit-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Installs all, then starts all, so that their order does not matter. Says of each that cannot start why. */
    private void startAll(List<String> locations) throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (String location : locations) {
            bundles.add(context().installBundle(location));
        }
        Map<String, String> reasons = new TreeMap<>();
        for (Bundle bundle : bundles) {
            try {
                bundle.start();
            } catch (BundleException e) {
                reasons.put(
                        bundle.getSymbolicName(), e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
            }
        }
        if (!reasons.isEmpty()) {
            StringBuilder message = new StringBuilder("Some bundles do not start:");
            reasons.forEach((name, reason) ->
                    message.append("\n  ").append(name).append(": ").append(reason));
            throw new BundleException(message.toString());
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            if (framework.waitForStop(Wait.LIMIT.toMillis()).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                throw new AssertionError("The framework has not stopped within " + Wait.LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try (Stream<Path> files = Files.walk(storage)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
