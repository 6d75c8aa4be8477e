// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.pooly;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Component;

/** A worker for a pool, which does nothing; {@code SampleWorker}. */
@Component(property = WorkerModule.MODULE + "=" + SampleWorker.NAME)
public final class SampleWorker implements WorkerModule {
    static final String NAME = "pooly-sample-worker";

    @Override
    public Worker newWorker() {
        return new Worker() {};
    }
}
