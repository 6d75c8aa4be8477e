// SPDX-License-Identifier: Apache-2.0
/**
 * What a plugin's integration tests are made with: a real framework with Bequest in one line, from any test framework.
 *
 * <pre>{@code
 * try (Container container = Container.start()) {
 *     Bundle plugin = container.start(PluginJar.of(Path.of("target/greeter.jar")));
 *     ...
 *     RowsWatch rows = RowsWatch.of(container.service(Tables.class), "guests");
 *     ClassLoaderWatch oldCode = ClassLoaderWatch.of(plugin);
 *     container.update(plugin, PluginJar.of(Path.of("target/greeter.jar")).version("2.0.0"));
 *     rows.assertKept();
 *     oldCode.assertCollected();
 * }
 * }</pre>
 *
 * <p>Start at {@link org.bequest.testkit.Container}. What is not as it should be is an {@link AssertionError}, so no
 * particular test framework is needed. The package may also be used inside a container, as a bundle.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
