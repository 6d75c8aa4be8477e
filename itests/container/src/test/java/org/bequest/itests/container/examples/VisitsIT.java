// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Owners.owner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.term.Tuple;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** The README's first example, as it is shipped. */
public class VisitsIT extends ContainerTest {
    private Bundle bundle;

    @Before
    public void start() throws Exception {
        try (InputStream jar = jar("v1")) {
            bundle = bench.context().installBundle("test:visits", jar);
        }
        bundle.start();
    }

    @After
    public void uninstall() throws BundleException {
        bundle.uninstall();
        bench.escrow().drop("visits");
    }

    @Test
    public void rowsAreStillThere_whenTheBundleWasUpdatedToItsNextVersion() throws Exception {
        call("visit", "home");
        call("visit", "about");
        assertThat(call("visit", "home")).isEqualTo(2L);
        ClassLoaderWatch version1 = ClassLoaderWatch.of(bundle);

        update("v2");

        assertThat(bundle.getVersion()).hasToString("2.0.0");
        assertThat(call("favourite")).isEqualTo("home");
        assertThat(call("visit", "home")).isEqualTo(3L);
        assertThat(bench.tables().open("visits").toList())
                .containsExactlyInAnyOrder(Tuple.of("home", 3), Tuple.of("about", 1));
        assertThat(bench.table("visits").owner()).isEqualTo(owner(bundle));
        version1.assertCollected();
    }

    @Test
    public void rowsWaitInEscrow_whileTheBundleIsStopped() throws Exception {
        call("visit", "home");

        bundle.stop();

        assertThat(bench.inEscrow("visits")).isTrue();
        assertThat(bench.tables().open("visits").toList()).containsExactly(Tuple.of("home", 1));
        bundle.start();
        assertThat(call("visit", "home")).isEqualTo(2L);
    }

    private void update(String version) throws Exception {
        try (InputStream jar = jar(version)) {
            bundle.update(jar);
        }
    }

    /** Calls the component, whose class is the bundle's own. */
    private Object call(String method, String... arguments) throws Exception {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, String.class);
        String name = "org.bequest.examples.visits.Visits";
        Wait.until("the component is there", () -> reference(name) != null);
        Object visits = bench.context().getService(reference(name));
        try {
            return visits.getClass().getMethod(method, types).invoke(visits, (Object[]) arguments);
        } finally {
            bench.context().ungetService(reference(name));
        }
    }

    private ServiceReference<?> reference(String name) throws Exception {
        ServiceReference<?>[] references = bench.context().getAllServiceReferences(name, null);
        return references == null ? null : references[0];
    }

    /** From where the build has put it. */
    private static InputStream jar(String version) throws IOException {
        Path checkout =
                Path.of(System.getProperty("bundles")).resolve("../../../..").normalize();
        String name = "org.bequest.examples.visits." + version + ".jar";
        Path jar = checkout.resolve("examples/visits/" + version + "/target/" + name);
        assertThat(jar).as("built by examples/visits").exists();
        return Files.newInputStream(jar);
    }
}
