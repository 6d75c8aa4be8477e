## SPDX-License-Identifier: Apache-2.0
package ${package};

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.osgi.service.component.annotations.Component;

/** What this bundle offers: the code of the module {@code greeter}, and that one process of it is to run. */
@Component(property = WorkerModule.MODULE + "=greeter")
public final class GreeterModule implements WorkerModule, ChildDeclaration {
    @Override
    public Worker newWorker() {
        return new Greeter();
    }

    /** Found by its name; started again if it crashes; waits while this bundle is updated. */
    @Override
    public ChildSpec child() {
        return ChildSpec.of("greeter", "greeter").name("greeter");
    }
}
