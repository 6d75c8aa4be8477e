// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Does its job and ends; {@code sample_ets_worker_1}. */
@Component(property = WorkerModule.MODULE + "=sample-ets-worker-1")
public final class Worker1 implements WorkerModule {
    private final Reports reports;

    @Activate
    public Worker1(@Reference Reports reports) {
        this.reports = reports;
    }

    @Override
    public Worker newWorker() {
        return new SampleWorker(reports) {
            @Override
            void begin(Self self) {
                reports.info("I'm done.");
                self.exit(ExitReason.NORMAL);
            }
        };
    }
}
