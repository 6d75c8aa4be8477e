// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Component;

/** Offers the code of to-do lists. */
@Component(property = WorkerModule.MODULE + "=" + TodoList.MODULE)
public final class TodoListModule implements WorkerModule {
    @Override
    public Worker newWorker() {
        return new TodoList();
    }
}
