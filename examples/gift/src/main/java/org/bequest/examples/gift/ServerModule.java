// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.gift;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the server's code. */
@Component(property = WorkerModule.MODULE + "=" + ServerModule.NAME)
public final class ServerModule implements WorkerModule {
    /** Also the name that the server is registered under: {@code ?MODULE}. */
    static final String NAME = "your_srv";

    private final Reports reports;

    @Activate
    public ServerModule(@Reference Reports reports) {
        this.reports = reports;
    }

    @Override
    public Worker newWorker() {
        return new Server(reports);
    }
}
