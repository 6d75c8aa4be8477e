// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.SupervisorSpec;
import org.osgi.service.component.annotations.Component;

/** Has the first supervisor running; {@code sample_ets_sup}. */
@Component
public final class SampleSupervisor implements ChildDeclaration {
    static final String NAME = "sample-ets";
    /** All supervisors of this example keep their children in it. */
    static final String TABLE = "sample-ets";

    @Override
    public ChildSpec child() {
        return ChildSpec.of(named(NAME));
    }

    static SupervisorSpec named(String name) {
        return SupervisorSpec.of(name).sharing(TABLE).plan(RestartPlan.named(Policy.NAME));
    }
}
