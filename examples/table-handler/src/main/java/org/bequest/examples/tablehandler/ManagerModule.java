// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tablehandler;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers the manager's code, as soon as there is the supervisor that it needs. It blocks, while that starts a handler. */
@Component(property = {WorkerModule.MODULE + "=" + ManagerModule.NAME, WorkerModule.BLOCKING + ":Boolean=true"})
public final class ManagerModule implements WorkerModule {
    static final String NAME = "table-handler.manager";

    /** The name that the manager is registered under, and thereby the heir of all tables. */
    static final String PROCESS = "etsserver";

    private final Reports reports;

    @Reference(target = "(" + WorkerModule.PROCESS + "=" + Multiserver.NAME + ")", policy = ReferencePolicy.DYNAMIC)
    private volatile Supervisor supervisor;

    @Activate
    public ManagerModule(@Reference Reports reports) {
        this.reports = reports;
    }

    @Override
    public Worker newWorker() {
        return new Manager(reports, () -> supervisor);
    }
}
