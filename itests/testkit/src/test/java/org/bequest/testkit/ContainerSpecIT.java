// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.bequest.testkit.plugin.GreetingActivator;
import org.bequest.testkit.shared.Greeting;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What a container has beside Bequest. */
final class ContainerSpecIT {
    private static final String FOLDER = "org.bequest.testkit.folder";

    private static Set<String> active(Container container) {
        return Arrays.stream(container.context().getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toSet());
    }

    @Test
    void bundleOfTheClassPathIsStarted() throws Exception {
        try (Container container = Container.start(
                ContainerSpec.bequest().bundle("org.apache.felix.gogo.runtime").bundle(FOLDER))) {
            assertThat(active(container)).contains("org.apache.felix.gogo.runtime", FOLDER, "org.bequest.kernel");
        }
    }

    @Test
    void testAndPluginMeanTheSameClass_whenItsBundleIsShared() throws Exception {
        PluginJar greeting = PluginJar.named("greeting")
                .activator(GreetingActivator.class)
                .imports("org.bequest.testkit.shared;version=\"[1.2,2)\"");
        try (Container container = Container.start(ContainerSpec.bequest().share(FOLDER))) {
            container.start(greeting);

            assertThat(container.service(Greeting.class).greet("Ada")).isEqualTo("Hello, Ada");
        }
    }

    @Test
    void bundlesReadTheProperties() throws Exception {
        try (Container container = Container.start(ContainerSpec.bequest().property("greeter.polite", "very"))) {
            assertThat(container.context().getProperty("greeter.polite")).isEqualTo("very");
        }
    }

    @Test
    void startNamesTheBundle_thatIsNotOnTheClassPath() {
        assertThatThrownBy(() -> Container.start(ContainerSpec.bequest().bundle("com.example.missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.example.missing");
    }

    @Test
    void startNamesTheBundle_thatHasNothingToShare() {
        assertThatThrownBy(() -> Container.start(ContainerSpec.bequest().share("org.bequest.kernel")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("org.bequest.kernel exports nothing");
    }

    @Test
    void startNamesTheBundleAndTheReason_whenOneDoesNotStart() {
        assertThatThrownBy(() -> Container.start(ContainerSpec.bequest().bundle("junit-jupiter-params")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("junit-jupiter-params: ")
                .hasMessageContaining("org.junit.platform.commons");
    }
}
