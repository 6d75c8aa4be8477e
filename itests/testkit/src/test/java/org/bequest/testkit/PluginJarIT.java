// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bequest.testkit.plugin.CounterActivator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Bundles out of classes and files. */
final class PluginJarIT {
    @TempDir
    Path folder;

    private Path write(PluginJar jar) throws Exception {
        Path file = folder.resolve("plugin.jar");
        try (InputStream in = jar.open()) {
            Files.copy(in, file);
        }
        return file;
    }

    @Test
    void fileIsTheBundleThatIsInIt_withAnotherVersion() throws Exception {
        Path file = write(ContainerIT.counter("1.0.0").resource("hello.txt", "Hello"));
        PluginJar jar = PluginJar.of(file).version("1.2.3");
        try (Container container = Container.start()) {
            Bundle bundle = container.start(jar);

            assertThat(jar.symbolicName()).isEqualTo("counter");
            assertThat(bundle.getSymbolicName()).isEqualTo("counter");
            assertThat(bundle.getVersion()).hasToString("1.2.3");
            assertThat(bundle.getEntry("hello.txt")).isNotNull();
            assertThat(bundle.loadClass(CounterActivator.class.getName())).isNotEqualTo(CounterActivator.class);
        }
    }

    @Test
    void classesAreCopiedFromAJar_nestedOnesToo() throws Exception {
        try (Container container = Container.start()) {
            Bundle bundle = container.start(PluginJar.named("copy").classes(org.assertj.core.util.Lists.class));

            assertThat(bundle.findEntries("org/assertj/core/util", "Lists.class", false)
                            .nextElement())
                    .isNotNull();
        }
    }

    @Test
    void fileThatIsNoBundleIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("plain.txt"), "no jar");
        Path junit = Path.of(Objects.requireNonNull(Test.class.getProtectionDomain())
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(PluginJar.of(junit).symbolicName()).isEqualTo("junit-jupiter-api");
        assertThatThrownBy(() -> PluginJar.of(text)).hasMessageContaining("plain.txt");
        assertThatThrownBy(() -> PluginJar.of(folder.resolve("missing.jar"))).hasMessageContaining("missing.jar");
    }
}
