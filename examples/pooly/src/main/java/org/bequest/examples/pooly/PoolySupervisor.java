// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.pooly;

import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.SupervisorSpec;
import org.osgi.service.component.annotations.Component;

/** Has the top-level supervisor running, with the server as its only child at first; {@code Pooly.Supervisor}. */
@Component
public final class PoolySupervisor implements ChildDeclaration {
    static final String NAME = "pooly";

    private static final int POOL_SIZE = 3;

    @Override
    public ChildSpec child() {
        return ChildSpec.of(SupervisorSpec.of(NAME)
                .child(ChildSpec.of(PoolServer.NAME, PoolServerModule.NAME)
                        .name(PoolServer.NAME)
                        .argument(POOL_SIZE)));
    }
}
