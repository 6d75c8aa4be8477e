// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What the session in its README cannot show: code that is replaced. */
public class PoolyIT extends ExampleTest {
    @Test
    public void checkoutsStay_andAreStillGivenBack_whenTheCodeIsReplaced() throws Exception {
        Bundle bundle = start("pooly").get(0);
        Pid consumer = bench.processes().spawn(ProcessSpec.of("pooly-consumer"));
        Wait.until(
                "there is a server with all its workers",
                () -> bench.processes().whereis("pooly.server").isPresent()
                        && status().equals("3 idle, 0 checked out"));
        bench.processes().call(consumer, "checkout", Wait.LIMIT);

        bundle.update();

        assertThat(status()).isEqualTo("2 idle, 1 checked out");
        bench.processes().exit(consumer, ExitReason.KILLED);
        assertThat(status()).isEqualTo("3 idle, 0 checked out");
    }

    private Object status() {
        return bench.processes().call("pooly.server", "status", Wait.LIMIT);
    }
}
