// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tablehandler;

import java.time.Duration;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.SupervisorSpec;
import org.osgi.service.component.annotations.Component;

/** Declares the supervisor, with the table manager as its first child; the handlers of tables will be the others. */
@Component
public final class Multiserver implements ChildDeclaration {
    static final String NAME = "multiserver_sup";

    @Override
    public ChildSpec child() {
        ChildSpec manager =
                ChildSpec.of(ManagerModule.PROCESS, ManagerModule.NAME).name(ManagerModule.PROCESS);
        return ChildSpec.of(
                SupervisorSpec.of(NAME).intensity(10, Duration.ofSeconds(10)).child(manager));
    }
}
