// SPDX-License-Identifier: Apache-2.0
/**
 * What container tests are made with. Start at {@link org.bequest.itests.container.kit.ContainerTest}, whose
 * {@link org.bequest.itests.container.kit.Bench} installs bundles, spawns processes and clears up;
 * {@link org.bequest.testkit.PluginJar} makes the bundles.
 */
@NullMarked
package org.bequest.itests.container.kit;

import org.jspecify.annotations.NullMarked;
