// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What the session in its README cannot show: code that is replaced. */
public class TodoIT extends ExampleTest {
    @Test
    public void listsKeepWhatIsOnThem_andTheirNames_whenTheirCodeIsReplaced() throws Exception {
        Bundle bundle = start("todo").get(0);
        Wait.until("there is a manager", () -> bench.exists("todo.manager"));
        Pid list = create("work");
        bench.processes().call(list, Tuple.of("put", "report"), Wait.LIMIT);

        bundle.update();

        assertThat(bench.processes().call(list, "get", Wait.LIMIT)).isEqualTo(List.of("report"));
        assertThat(create("work")).isEqualTo(list);
    }

    private Pid create(String name) {
        return (Pid) bench.processes().call("todo.manager", Tuple.of("create", name), Wait.LIMIT);
    }
}
