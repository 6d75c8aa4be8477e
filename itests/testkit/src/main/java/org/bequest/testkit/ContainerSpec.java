// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Container} has beside Bequest. Immutable: each method returns a changed copy. Bundles are named by their
 * symbolic name, and found on the class path of the test: there, dependencies are enough.
 *
 * @param bundles that are installed and started, too: what the plugin under test needs
 * @param shared bundles that are not installed: what they export, plugins get from the class path, so that test and plugin
 *     mean the same classes
 * @param properties of the framework
 */
public record ContainerSpec(List<String> bundles, List<String> shared, Map<String, String> properties) {
    public ContainerSpec {
        bundles = List.copyOf(bundles);
        shared = List.copyOf(shared);
        properties = Map.copyOf(properties);
    }

    /** Bequest alone. */
    public static ContainerSpec bequest() {
        return new ContainerSpec(List.of(), List.of(), Map.of());
    }

    /** With one more of {@link #bundles()}. */
    public ContainerSpec bundle(String symbolicName) {
        return new ContainerSpec(and(bundles, symbolicName), shared, properties);
    }

    /** With one more of {@link #shared()}. */
    public ContainerSpec share(String symbolicName) {
        return new ContainerSpec(bundles, and(shared, symbolicName), properties);
    }

    /** With one more of {@link #properties()}, which bundles may read, too. */
    public ContainerSpec property(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new ContainerSpec(bundles, shared, more);
    }

    private static List<String> and(List<String> names, String one) {
        List<String> more = new ArrayList<>(names);
        more.add(one);
        return more;
    }
}
