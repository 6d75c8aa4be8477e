// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The way out. Public for Gogo, which finds commands by reflection. */
@Component(
        service = ContainerCommands.class,
        property = {"osgi.command.scope=bequest", "osgi.command.function=exit"})
public final class ContainerCommands {
    private final BundleContext context;

    @Activate
    public ContainerCommands(BundleContext context) {
        this.context = context;
    }

    @Descriptor("stops the container, and with it the shell")
    public void exit() throws BundleException {
        context.getBundle(Constants.SYSTEM_BUNDLE_ID).stop();
    }
}
