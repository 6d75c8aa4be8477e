// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.time.Duration;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Declares children. Header {@code Children} has them, separated by commas, each as {@code id:module:argument}; one whose
 * argument is {@code fails} cannot be asked. Header {@code Absence-Limit} is theirs, milliseconds.
 */
public final class DeclaringActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String limit = context.getBundle().getHeaders().get("Absence-Limit");
        for (String child : context.getBundle().getHeaders().get("Children").split(",")) {
            String[] parts = child.split(":");
            context.registerService(
                    ChildDeclaration.class,
                    () -> {
                        if (parts[2].equals("fails")) {
                            throw new IllegalStateException("it does not want to say");
                        }
                        ChildSpec spec = ChildSpec.of(parts[0], parts[1]).argument(parts[2]);
                        return limit == null ? spec : spec.absenceLimit(Duration.ofMillis(Long.parseLong(limit)));
                    },
                    null);
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
