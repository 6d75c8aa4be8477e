// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import static org.bequest.supervisor.RestartPlan.after;
import static org.bequest.supervisor.RestartPlan.byReason;
import static org.bequest.supervisor.RestartPlan.delete;
import static org.bequest.supervisor.RestartPlan.immediately;
import static org.bequest.supervisor.RestartPlan.stop;
import static org.bequest.supervisor.RestartPlan.upTo;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildExit;
import org.bequest.supervisor.CustomPlan;
import org.bequest.supervisor.Decision;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.RestartPlan.Reason;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Reports that a worker has ended, and decides what becomes of it. The decision alone would need no code: the supervisors
 * could have the ready-made plan in here.
 */
@Component(property = CustomPlan.PLAN + "=" + Policy.NAME)
public final class Policy implements CustomPlan {
    static final String NAME = "sample-ets-policy";

    // tag::plan[]
    private static final RestartPlan PLAN = byReason(upTo(99, immediately(), stop()))
            .when(Reason.NORMAL, delete())
            .when(Reason.SHUTDOWN, after(Duration.ofSeconds(3)));
    // end::plan[]

    private final Reports reports;

    @Activate
    public Policy(@Reference Reports reports) {
        this.reports = reports;
    }

    @Override
    public Decision decide(ChildExit exit) {
        String worker = "Worker " + exit.id();
        if (exit.reason() instanceof ExitReason.Normal) {
            reports.info(worker + " stopped after doing job");
        } else if (exit.reason() instanceof ExitReason.Crashed crashed) {
            reports.error(worker + " crashed with reason " + crashed.description());
        } else {
            reports.error(worker + " crashed with reason " + exit.reason());
        }
        return PLAN.decide(exit, Math::random);
    }
}
