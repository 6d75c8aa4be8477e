// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.manager;

import java.time.Duration;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.RestartPlan;
import org.bequest.table.TableManager;
import org.osgi.service.component.annotations.Component;

/** Has the table manager's process running, as long as this bundle is installed: it waits for the next version. */
@Component
public final class ManagerChild implements ChildDeclaration {
    /** Configurations that are deleted while there is no manager are not heard of: let that be a short time. */
    private static final RestartPlan PLAN = RestartPlan.upTo(
            1, RestartPlan.immediately(), RestartPlan.backoff(Duration.ofMillis(100), Duration.ofSeconds(10)));

    @Override
    public ChildSpec child() {
        return ChildSpec.of(TableManager.NAME, TableManager.NAME)
                .name(TableManager.NAME)
                .absenceLimit(ProcessSpec.FOREVER)
                .plan(PLAN);
    }
}
