// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bequest.itests.container.plugin.Puppet;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The other tests are worth what these find. */
public class KitIT extends ContainerTest {
    @Test
    public void pluginHasClassesOfItsOwn_inEachVersion() throws Exception {
        PluginJar jar = PluginJar.named("plugin").classes(Puppet.class);
        Bundle bundle = bench.start(jar);
        Class<?> first = bundle.loadClass(Puppet.class.getName());

        bench.update(bundle, jar.version("2.0.0"));

        Class<?> second = bundle.loadClass(Puppet.class.getName());
        assertThat(first).isNotEqualTo(Puppet.class);
        assertThat(second).isNotEqualTo(Puppet.class).isNotEqualTo(first);
    }

    @Test
    public void classLoaderIsSeenToBeCollected_whenItsBundleWasUpdated() throws Exception {
        Bundle bundle = bench.start(PluginJar.named("plugin").classes(Puppet.class));
        ClassLoaderWatch watch = ClassLoaderWatch.of(bundle);

        bench.update(bundle, PluginJar.named("plugin").version("2.0.0").classes(Puppet.class));

        watch.assertCollected();
    }

    @Test
    public void classLoaderIsSeenToLeak_whenOneOfItsClassesIsKept() throws Exception {
        Bundle bundle = bench.start(PluginJar.named("plugin").classes(Puppet.class));
        Class<?> leak = bundle.loadClass(Puppet.class.getName());
        ClassLoaderWatch watch = ClassLoaderWatch.of(bundle);

        bench.update(bundle, PluginJar.named("plugin").version("2.0.0").classes(Puppet.class));

        assertThat(watch.collectedWithin(20)).isFalse();
        assertThat(leak.getSimpleName()).as("held until here").isEqualTo("Puppet");
    }

    @Test
    public void waitFails_whenTheConditionNeverHolds() {
        assertThatThrownBy(() -> Wait.until("pigs fly", () -> {
                    throw new IllegalStateException("no wings");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pigs fly");
    }
}
