// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** In a container that lacks EventAdmin, and its package. */
public class WithoutEventAdminIT extends ContainerTest {
    @Override
    @Configuration
    public Option[] container() {
        return shippedContainerWithout("org.apache.felix.eventadmin");
    }

    @Test
    public void supervisorsWork() throws Exception {
        assertThat(Arrays.stream(bench.context().getBundles()).map(Bundle::getSymbolicName))
                .doesNotContain("org.apache.felix.eventadmin");
        bench.start(Bench.puppets("module", "1.0.0"));
        bench.processes()
                .spawn(SupervisorSpec.of("supervisor")
                        .child(ChildSpec.of("child", "module"))
                        .process());
        Supervisor supervisor = bench.supervisor("supervisor");
        Pid first = supervisor.pid("child").orElseThrow();

        bench.processes().exit(first, ExitReason.KILLED);

        Wait.until(
                "it is restarted",
                () -> supervisor.pid("child").filter(pid -> !pid.equals(first)).isPresent());
        supervisor.terminate("child");
    }
}
