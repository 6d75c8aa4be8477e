// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.Test;
import org.osgi.framework.ServiceReference;

/** Each example does what its README shows. */
public class ExamplesIT extends ExampleTest {
    @Test
    public void tvShows() throws Exception {
        replay("tv-shows");
    }

    @Test
    public void gift() throws Exception {
        replay("gift");
    }

    @Test
    public void tableHandler() throws Exception {
        replay("table-handler");
    }

    @Test
    public void sampleEts() throws Exception {
        replay("sample-ets");
    }

    @Test
    public void pooly() throws Exception {
        replay("pooly");
    }

    @Test
    public void todo() throws Exception {
        replay("todo");
    }

    private void replay(String example) throws Exception {
        start(example);
        ServiceReference<?> reference = await(BiPredicate.class.getName(), "(bequest.command=replay)");
        @SuppressWarnings("unchecked")
        BiPredicate<String, Consumer<String>> session =
                (BiPredicate<String, Consumer<String>>) bench.context().getService(reference);
        List<String> lines = new ArrayList<>();

        assertThat(session.test(example, lines::add))
                .as(String.join("\n", lines))
                .isTrue();
    }
}
