// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The code of supervisors' processes, each of which the kernel publishes as a {@link Supervisor} service. */
@Component(
        service = WorkerModule.class,
        property = {
            WorkerModule.MODULE + "=" + Supervisor.MODULE,
            WorkerModule.SERVICES + "=org.bequest.supervisor.Supervisor",
            // Taking up hundreds of thousands of children takes its time, and there is no code of others here to be
            // stuck in.
            WorkerModule.GRACE_MS + "=60000"
        })
public final class SupervisorModule implements WorkerModule {
    /** For filters: this module. */
    static final String FILTER = "(" + WorkerModule.MODULE + "=" + Supervisor.MODULE + ")";

    private final EventLog events;
    private final PluginPlans plans;

    @Activate
    public SupervisorModule(@Reference EventLog events, @Reference PluginPlans plans) {
        this.events = events;
        this.plans = plans;
    }

    @Override
    public Worker newWorker() {
        return new Overseer(events, plans);
    }
}
