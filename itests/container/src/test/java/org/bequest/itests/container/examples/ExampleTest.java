// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** A test of an example, in a container with Gogo and the shell, as the launcher puts it together. */
public abstract class ExampleTest extends ContainerTest {
    private final Deque<Bundle> installed = new ArrayDeque<>();

    /** Installs and starts it, and returns its bundles when its commands are there. */
    final List<Bundle> start(String example) throws Exception {
        install("shell");
        List<Bundle> bundles = install("examples/" + example);
        await(null, "(osgi.command.scope=" + example + ")");
        return bundles;
    }

    /** From where the build has put them. */
    private List<Bundle> install(String folder) throws IOException, BundleException {
        Path built = Path.of(System.getProperty("bundles"))
                .resolve("../../../../runtime/launcher/target/bequest")
                .resolve(folder)
                .normalize();
        assertThat(built).as("built by runtime/launcher").isDirectory();
        List<Bundle> bundles = new ArrayList<>();
        try (Stream<Path> jars =
                Files.list(built).filter(file -> file.toString().endsWith(".jar"))) {
            for (Path jar : jars.sorted().toList()) {
                bundles.add(bench.context().installBundle(jar.toUri().toString()));
            }
        }
        bundles.forEach(installed::push);
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return bundles;
    }

    final ServiceReference<?> await(String type, String filter) throws Exception {
        Wait.until("there is a service " + filter, () -> bench.context().getAllServiceReferences(type, filter) != null);
        return bench.context().getAllServiceReferences(type, filter)[0];
    }

    @After
    public void uninstall() throws BundleException, InterruptedException {
        bench.manager().managed().forEach(managed -> bench.manager()
                .release(managed.table().name()));
        for (Bundle bundle : installed) {
            bundle.uninstall();
        }
        bench.refresh(installed.toArray(Bundle[]::new));
    }
}
