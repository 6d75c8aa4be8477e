// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tablehandler;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the handlers' code. */
@Component(property = WorkerModule.MODULE + "=" + HandlerModule.NAME)
public final class HandlerModule implements WorkerModule {
    static final String NAME = "table-handler.handler";

    private final Reports reports;

    @Activate
    public HandlerModule(@Reference Reports reports) {
        this.reports = reports;
    }

    @Override
    public Worker newWorker() {
        return new Handler(reports);
    }
}
