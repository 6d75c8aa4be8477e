// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Crashes three times before it does its job; {@code sample_ets_worker_2}. */
@Component(property = WorkerModule.MODULE + "=sample-ets-worker-2")
public final class Worker2 implements WorkerModule {
    private static final int CRASHES = 3;

    private final Reports reports;

    @Activate
    public Worker2(@Reference Reports reports) {
        this.reports = reports;
    }

    @Override
    public Worker newWorker() {
        return new SampleWorker(reports) {
            @Override
            void begin(Self self) {
                // A worker forgets when it crashes; its row in the table of children does not.
                Tuple child = self.tables().open(SampleSupervisor.TABLE).get(id);
                if (child == null || child.getLong(ChildrenTable.RESTARTS) < CRASHES) {
                    self.exit(new ExitReason.Crashed("oops", ""));
                } else {
                    reports.info("I'm done.");
                    self.exit(ExitReason.NORMAL);
                }
            }
        };
    }
}
