// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What the session in its README cannot show: calls that come before the table, and code that is replaced. */
public class TableHandlerIT extends ExampleTest {
    private Bundle bundle;
    private Supervisor supervisor;

    /** A table whose handler has died while there was no manager. */
    @Before
    public void leaveATable() throws Exception {
        bundle = start("table-handler").get(0);
        supervisor = bench.supervisor("multiserver_sup");
        Wait.until("there is a manager", () -> whereis("etsserver") != null);
        bench.processes().call("etsserver", "book", Wait.LIMIT);
        call("store", "author", "Knuth");
        supervisor.terminate("etsserver");
        killHandler();
    }

    @Test
    public void callWaitsForTheTable() throws Exception {
        CompletableFuture<Object> rows = load();

        supervisor.restart("etsserver");

        assertThat(Wait.<Object>result(rows)).isEqualTo(List.of(Tuple.of("author", "Knuth")));
    }

    @Test
    public void callWaitsForTheTable_whileTheCodeIsReplaced() throws Exception {
        CompletableFuture<Object> rows = load();
        bundle.update();

        supervisor.restart("etsserver");

        assertThat(Wait.<Object>result(rows)).isEqualTo(List.of(Tuple.of("author", "Knuth")));
    }

    @Test
    public void tableIsGivenToTheNextHandler_whenTheManagersCodeWasReplaced() throws Exception {
        supervisor.restart("etsserver");
        Pid manager = whereis("etsserver");
        bundle.update();

        killHandler();

        assertThat(call("load", "author")).isEqualTo(List.of(Tuple.of("author", "Knuth")));
        assertThat(whereis("etsserver")).isEqualTo(manager);
    }

    private void killHandler() {
        Pid handler = whereis("book");
        bench.processes().exit(handler, ExitReason.KILLED);
        Wait.until("there is another handler", () -> supervisor
                .pid("book")
                .filter(next -> !next.equals(handler))
                .isPresent());
    }

    /** Returns when the handler has taken the call. */
    private CompletableFuture<Object> load() {
        CompletableFuture<Object> rows = Background.get(() -> call("load", "author"));
        Wait.until("the caller waits", () -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("background of a test")
                        && thread.getState() == Thread.State.TIMED_WAITING));
        Wait.until("the handler has taken the call", () -> bench.processes()
                .info(whereis("book"))
                .filter(handler -> handler.status() == ProcessInfo.Status.WAITING && handler.queued() == 0)
                .isPresent());
        return rows;
    }

    private Object call(Object... request) {
        return bench.processes().call("book", Tuple.of(request), Wait.LIMIT);
    }

    private Pid whereis(String name) {
        return bench.processes().whereis(name).orElse(null);
    }
}
