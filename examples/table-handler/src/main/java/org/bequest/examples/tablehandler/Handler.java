// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tablehandler;

import java.util.ArrayList;
import java.util.List;
import org.bequest.process.Caller;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.Owner;
import org.bequest.table.Table;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** {@code etshandler.erl}: owns one table, which it is given, and writes to it for others. */
final class Handler implements Worker {
    private final Reports reports;
    private final List<Tuple> early = new ArrayList<>(); // {Ref, Request}: callers who wait until the table is here
    private String name; // of the table; from the first call on

    Handler(Reports reports) {
        this.reports = reports;
    }

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        name = (String) argument;
    }

    @Override
    public Object onSuspend(Self self) {
        return early;
    }

    @Override
    public void onResume(Self self, Handover handover) {
        onStart(self, handover.argument());
        if (handover.state() instanceof List<?> waiting) {
            waiting.forEach(each -> early.add((Tuple) each));
        }
    }

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        Table table = self.tables().open(name);
        if (table.info().owner() instanceof Owner.Process owner && owner.pid().equals(self.pid())) {
            answer(table, (Tuple) request, caller);
        } else {
            early.add(Tuple.of(caller.ref(), request));
        }
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        if (signal instanceof Signal.Transferred transferred) {
            Table table = transferred.transfer().table();
            reports.add(self.pid() + " is given table '" + name + "' by "
                    + transferred.transfer().from() + "; rows: " + table.size());
            early.forEach(
                    each -> self.caller(each.getLong(0)).ifPresent(caller -> answer(table, each.getTuple(1), caller)));
            early.clear();
        }
    }

    private static void answer(Table table, Tuple request, Caller caller) {
        String key = request.getString(1);
        switch (request.getString(0)) {
            case "store" -> {
                table.insert(Tuple.of(key, request.get(2)));
                caller.reply("ok");
            }
            case "load" -> caller.reply(table.lookup(key));
            case "delete" -> caller.reply(table.delete(key));
            case "deleteifmatch" -> caller.reply(deleteIfMatch(table, Tuple.of(key, request.get(2))));
            default -> caller.fail("Unknown request " + request);
        }
    }

    private static Object deleteIfMatch(Table table, Tuple row) {
        if (table.deleteObject(row) > 0) {
            return true;
        }
        return table.member(row.getString(0)) ? "mismatch" : "notfound";
    }
}
