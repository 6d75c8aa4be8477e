// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reports each event, with what the table says at that moment; the {@code Forwarder} of the text's tests. */
@Component
public final class Witness implements TodoListener {
    private final Tables tables;
    private final Reports reports;

    @Activate
    public Witness(@Reference Tables tables, @Reference Reports reports) {
        this.tables = tables;
        this.reports = reports;
    }

    @Override
    public void created(String name, Pid list) {
        report("create", name, list);
    }

    @Override
    public void exited(String name, Pid list) {
        report("exit", name, list);
    }

    private void report(String event, String name, Pid list) {
        String found = Commands.shown(TodoManager.lookup(tables, TodoManager.NAME, name));
        reports.add("{" + event + ", " + name + ", " + list + "}, and lookup says " + found);
    }
}
