// SPDX-License-Identifier: Apache-2.0
package org.bequest.pools;

import org.bequest.pool.PoolProtocol;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Component;

/** The code of pools' processes. There is none of others in it to be stuck in. */
@Component(property = {WorkerModule.MODULE + "=" + PoolProtocol.MODULE, WorkerModule.GRACE_MS + "=60000"})
public final class PoolModule implements WorkerModule {
    @Override
    public Worker newWorker() {
        return new Lender();
    }
}
