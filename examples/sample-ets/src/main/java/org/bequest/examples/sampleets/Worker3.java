// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stays, and executes the {@link Job}s that it is sent; {@code sample_ets_worker_3}. */
@Component(property = WorkerModule.MODULE + "=sample-ets-worker-3")
public final class Worker3 implements WorkerModule {
    private final Reports reports;

    @Activate
    public Worker3(@Reference Reports reports) {
        this.reports = reports;
    }

    @Override
    public Worker newWorker() {
        return new SampleWorker(reports) {
            @Override
            void begin(Self self) {}
        };
    }
}
