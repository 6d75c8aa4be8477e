// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tablehandler;

import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.table.TableInfo;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The example's commands. */
@Component(
        service = TableHandler.class,
        property = {
            "osgi.command.scope=table-handler",
            "osgi.command.function=newtable",
            "osgi.command.function=registered",
            "osgi.command.function=store",
            "osgi.command.function=load",
            "osgi.command.function=read",
            "osgi.command.function=delete",
            "osgi.command.function=deleteifmatch",
            "osgi.command.function=crash",
            "osgi.command.function=reports"
        })
public final class TableHandler {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Tables tables;
    private final Processes processes;
    private final Reports reports;

    @Activate
    public TableHandler(@Reference Tables tables, @Reference Processes processes, @Reference Reports reports) {
        this.tables = tables;
        this.processes = processes;
        this.reports = reports;
    }

    @Descriptor("makes a table, with a handler of that name")
    public Object newtable(@Descriptor("the table's name") String table) {
        return processes.call(ManagerModule.PROCESS, table, TIMEOUT);
    }

    @Descriptor("lists the tables that were made, with owner and heir")
    public String registered() {
        return tables.open(Manager.REGISTER.name()).stream()
                .map(row -> describe(tables.open(row.getString(0)).info()))
                .collect(Collectors.joining("\n"));
    }

    private static String describe(TableInfo table) {
        return table.name() + ": rows " + table.size() + ", owner " + table.owner() + ", heir "
                + (table.heir() == null ? "none" : table.heir().to());
    }

    @Descriptor("has the handler put a row in")
    public String store(
            @Descriptor("the table's name") String table,
            @Descriptor("the key") String key,
            @Descriptor("the value") String value) {
        return ask(table, "store", key, value);
    }

    @Descriptor("asks the handler for the rows of a key")
    public String load(@Descriptor("the table's name") String table, @Descriptor("the key") String key) {
        return ask(table, "load", key);
    }

    @Descriptor("reads the rows of a key, without asking the handler")
    public String read(@Descriptor("the table's name") String table, @Descriptor("the key") String key) {
        return tables.open(table).lookup(key).toString();
    }

    @Descriptor("has the handler remove the rows of a key; says whether there was one")
    public String delete(@Descriptor("the table's name") String table, @Descriptor("the key") String key) {
        return ask(table, "delete", key);
    }

    @Descriptor("has the handler remove a row if it is there: true, mismatch or notfound")
    public String deleteifmatch(
            @Descriptor("the table's name") String table,
            @Descriptor("the key") String key,
            @Descriptor("the value") String value) {
        return ask(table, "deleteifmatch", key, value);
    }

    private String ask(String handler, Object... request) {
        return String.valueOf(processes.call(handler, Tuple.of(request), TIMEOUT));
    }

    @Descriptor("kills several processes, one right after the other")
    public void crash(@Descriptor("their names") String... names) {
        for (String name : names) {
            Pid pid = processes
                    .whereis(name)
                    .orElseThrow(() -> new IllegalArgumentException("No process is registered as '" + name + "'"));
            processes.exit(pid, ExitReason.KILLED);
        }
    }

    @Descriptor("waits for what happens by itself, and shows it")
    public String reports(@Descriptor("how many to show") int count) throws InterruptedException {
        return String.join("\n", reports.next(count));
    }
}
