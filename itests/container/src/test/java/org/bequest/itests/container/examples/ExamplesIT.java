// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** Each example does what its README shows, in a container with Gogo and the shell, as the launcher puts it together. */
public class ExamplesIT extends ContainerTest {
    private final Deque<Bundle> installed = new ArrayDeque<>();

    @Test
    public void tvShows() throws Exception {
        replay("tv-shows");
    }

    @Test
    public void gift() throws Exception {
        replay("gift");
    }

    @Test
    public void tableHandler() throws Exception {
        replay("table-handler");
    }

    private void replay(String example) throws Exception {
        install("shell");
        install("examples/" + example);
        await(null, "(osgi.command.scope=" + example + ")");
        ServiceReference<?> reference = await(BiPredicate.class.getName(), "(bequest.command=replay)");
        @SuppressWarnings("unchecked")
        BiPredicate<String, Consumer<String>> session =
                (BiPredicate<String, Consumer<String>>) bench.context().getService(reference);
        List<String> lines = new ArrayList<>();

        assertThat(session.test(example, lines::add))
                .as(String.join("\n", lines))
                .isTrue();
    }

    /** From where the build has put them. */
    private void install(String folder) throws IOException, BundleException {
        Path built = Path.of(System.getProperty("bundles"))
                .resolve("../../../../runtime/launcher/target/bequest")
                .resolve(folder)
                .normalize();
        assertThat(built).as("built by runtime/launcher").isDirectory();
        Collection<Bundle> bundles = new ArrayList<>();
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
    }

    private ServiceReference<?> await(String type, String filter) throws Exception {
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
