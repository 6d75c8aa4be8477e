// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import java.util.List;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers the manager's code as long as there is somebody to start lists. While there is not, the manager is suspended. */
@Component(property = {WorkerModule.MODULE + "=" + TodoManager.MODULE, WorkerModule.BLOCKING + ":Boolean=true"})
public final class TodoManagerModule implements WorkerModule {
    private final Supervisor lists;
    private final Reports reports;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<TodoListener> listeners = List.of();

    @Activate
    public TodoManagerModule(
            @Reference(target = "(" + WorkerModule.PROCESS + "=" + TodoSupervisor.LISTS + ")") Supervisor lists,
            @Reference Reports reports) {
        this.lists = lists;
        this.reports = reports;
    }

    @Override
    public Worker newWorker() {
        return new TodoManager(lists, () -> listeners.iterator(), reports);
    }
}
