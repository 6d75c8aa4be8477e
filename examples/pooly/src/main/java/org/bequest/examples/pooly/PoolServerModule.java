// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.pooly;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Offers the server's code as long as there is a top-level supervisor for it to ask. Until then the server, which is a child
 * of that one, waits for its module.
 */
@Component(property = {WorkerModule.MODULE + "=" + PoolServerModule.NAME, WorkerModule.BLOCKING + ":Boolean=true"})
public final class PoolServerModule implements WorkerModule {
    static final String NAME = "pooly-server";

    private final Supervisor top;
    private final Reports reports;
    private final Map<Object, Supervisor> supervisors = new ConcurrentHashMap<>();

    @Activate
    public PoolServerModule(
            @Reference(target = "(" + WorkerModule.PROCESS + "=" + PoolySupervisor.NAME + ")") Supervisor top,
            @Reference Reports reports) {
        this.top = top;
        this.reports = reports;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Supervisor supervisor, Map<String, Object> properties) {
        supervisors.put(properties.get(WorkerModule.PID), supervisor);
    }

    void unbind(Map<String, Object> properties) {
        supervisors.remove(properties.get(WorkerModule.PID));
    }

    @Override
    public Worker newWorker() {
        return new PoolServer(top, supervisors, reports);
    }
}
