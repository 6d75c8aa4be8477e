// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.manager;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.table.TableManager;
import org.osgi.service.component.annotations.Component;

/** The code of the table manager's process, which the kernel publishes as the {@link TableManager} service. */
@Component(
        property = {
            WorkerModule.MODULE + "=" + TableManager.NAME,
            WorkerModule.SERVICES + "=org.bequest.table.TableManager"
        })
public final class ManagerModule implements WorkerModule {
    /** For filters: this module. */
    static final String FILTER = "(" + WorkerModule.MODULE + "=" + TableManager.NAME + ")";

    @Override
    public Worker newWorker() {
        return new Manager();
    }
}
