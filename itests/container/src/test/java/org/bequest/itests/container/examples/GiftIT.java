// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.bequest.process.ProcessSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What the session in its README cannot show: code that is replaced. */
public class GiftIT extends ExampleTest {
    @Test
    public void serverKeepsItsTable_whenItsCodeIsReplaced() throws Exception {
        Bundle bundle = start("gift").get(0);
        Pid server = bench.processes().spawn(ProcessSpec.of("your_srv").name("your_srv"));
        assertThat(write("colour", "red")).isEqualTo(true);

        bundle.update();

        assertThat(write("colour", "green")).isEqualTo(true);
        assertThat(bench.processes().whereis("your_srv")).contains(server);
        assertThat(bench.tables().open("your_srv").toList()).containsExactly(Tuple.of("colour", "green"));
    }

    private Object write(String key, String value) {
        return bench.processes().call("your_srv", Tuple.of(key, value), Wait.LIMIT);
    }
}
