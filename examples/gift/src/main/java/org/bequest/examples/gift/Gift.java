// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.gift;

import java.time.Duration;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The example's commands. */
@Component(
        service = Gift.class,
        property = {
            "osgi.command.scope=gift",
            "osgi.command.function=who",
            "osgi.command.function=start",
            "osgi.command.function=write",
            "osgi.command.function=read",
            "osgi.command.function=intrude",
            "osgi.command.function=reports"
        })
public final class Gift {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Tables tables;
    private final Processes processes;
    private final Reports reports;

    @Activate
    public Gift(@Reference Tables tables, @Reference Processes processes, @Reference Reports reports) {
        this.tables = tables;
        this.processes = processes;
        this.reports = reports;
    }

    @Descriptor("says who owns the table just now")
    public String who() {
        TableInfo table = table().info();
        return "Table '" + table.name() + "', rows: " + table.size() + ", owner: " + table.owner();
    }

    @Descriptor("starts a server, and waits until it has the table")
    public String start() {
        return "Process "
                + processes.spawn(ProcessSpec.of(ServerModule.NAME).name(ServerModule.NAME)) + " is '"
                + ServerModule.NAME + "', and has its table.";
    }

    @Descriptor("asks the server to write")
    public Object write(@Descriptor("the key") String key, @Descriptor("what is to be under it") String value) {
        return processes.call(ServerModule.NAME, Tuple.of(key, value), TIMEOUT);
    }

    @Descriptor("reads without asking the server")
    public String read(@Descriptor("the key") String key) {
        return table().lookup(key).toString();
    }

    @Descriptor("tries to write without asking the server")
    public void intrude(@Descriptor("the key") String key, @Descriptor("what is to be under it") String value) {
        table().insert(Tuple.of(key, value));
    }

    @Descriptor("waits for what happens by itself, and shows it")
    public String reports(@Descriptor("how many to show") int count) throws InterruptedException {
        return String.join("\n", reports.next(count));
    }

    /** As the caller sees it, which is this bundle. */
    private Table table() {
        return tables.open(GiftTable.TABLE.table().name());
    }
}
