// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.pooly;

import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.SupervisorSpec;

/** A supervisor of workers that are all alike, for somebody who looks after it; {@code Pooly.WorkerSupervisor}. */
final class WorkerSupervisor {
    private WorkerSupervisor() {}

    /** It restarts no worker, and is not restarted itself: that is left to the one who starts it. */
    static ChildSpec named(String name) {
        SupervisorSpec supervisor = SupervisorSpec.of(name)
                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                .child(ChildSpec.of("worker", SampleWorker.NAME).restart(Restart.TEMPORARY));
        return ChildSpec.of(supervisor).restart(Restart.TEMPORARY);
    }
}
