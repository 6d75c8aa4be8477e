// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.util.List;
import org.osgi.framework.Version;

/**
 * What is known of a module, as of the moment of asking.
 *
 * @param providers the bundles that offer it, the one in use first; empty while processes wait for it
 * @param processes how many processes belong to it
 */
public record ModuleInfo(String name, List<Provider> providers, int processes) {
    /** A bundle that offers a module. */
    public record Provider(String symbolicName, long bundleId, Version version) {}
}
