// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import java.time.Duration;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code Todo.Manager} and {@code Todo.List}, as commands. Public for Gogo, which calls by reflection. */
@Component(
        service = Commands.class,
        property = {
            "osgi.command.scope=todo",
            "osgi.command.function=create",
            "osgi.command.function=lookup",
            "osgi.command.function=put",
            "osgi.command.function=get",
            "osgi.command.function=stopList",
            "osgi.command.function=shutdown",
            "osgi.command.function=stop",
            "osgi.command.function=insert",
            "osgi.command.function=reports"
        })
public final class Commands {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Tables tables;
    private final Processes processes;
    private final Reports reports;

    @Activate
    public Commands(@Reference Tables tables, @Reference Processes processes, @Reference Reports reports) {
        this.tables = tables;
        this.processes = processes;
        this.reports = reports;
    }

    @Descriptor("has the manager see to it that there is a list of that name")
    public String create(@Descriptor("the list's name") String name) {
        return String.valueOf(processes.call(TodoManager.NAME, Tuple.of(TodoManager.CREATE, name), TIMEOUT));
    }

    @Descriptor("looks a list up in the table of names, without asking the manager")
    public String lookup(@Descriptor("the table's name") String table, @Descriptor("the list's name") String name) {
        return shown(TodoManager.lookup(tables, table, name));
    }

    static String shown(Optional<Pid> list) {
        return list.map(pid -> "{ok, " + pid + "}").orElse("error");
    }

    @Descriptor("puts something on a list")
    public void put(@Descriptor("the list's name") String name, @Descriptor("what") String item) {
        call(name, Tuple.of(TodoList.PUT, item));
    }

    @Descriptor("shows what is on a list")
    public String get(@Descriptor("the list's name") String name) {
        return String.valueOf(call(name, TodoList.GET));
    }

    @Descriptor("has a list end as it should")
    public void stopList(@Descriptor("the list's name") String name) {
        call(name, TodoList.STOP);
    }

    @Descriptor("ends a list from outside")
    public void shutdown(@Descriptor("the list's name") String name) {
        processes.exit(list(name), ExitReason.SHUTDOWN);
    }

    private @Nullable Object call(String name, Object request) {
        return processes.call(list(name), request, TIMEOUT);
    }

    private Pid list(String name) {
        return TodoManager.lookup(tables, TodoManager.NAME, name)
                .orElseThrow(() -> new IllegalArgumentException("There is no list '" + name + "': create it first"));
    }

    @Descriptor("has the manager end")
    public void stop() {
        processes.call(TodoManager.NAME, TodoManager.STOP, TIMEOUT);
    }

    @Descriptor("tries to put a name into the table past the manager")
    public void insert(@Descriptor("the list's name") String name) {
        tables.open(TodoManager.NAME).insert(Tuple.of(name, "no list"));
    }

    @Descriptor("waits for reports that were not shown yet, and shows them")
    public String reports(@Descriptor("how many") int count) throws InterruptedException {
        return String.join("\n", reports.next(count));
    }
}
