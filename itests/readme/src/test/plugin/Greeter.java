// SPDX-License-Identifier: Apache-2.0
package com.example.greeter;

import java.util.Map;
import org.bequest.process.Caller;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;

/** The generated greeter, as docs/plugin-author.md changes it: it also answers how many guests there are. */
final class Greeter implements Worker {
    private Table guests; // rows: {Name, Visits}
    private String last = "nobody";
    // tag::change[]
    private long greeted; // by this version on: the one before did not count

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        if (request instanceof String name) {
            long visits = guests.updateCounter(name, 1, 1, Tuple.of(name, 0));
            caller.reply("Hello, " + name + "! Visit " + visits + ". Before you came " + last + ".");
            last = name;
            greeted++;
        } else if (request.equals(Tuple.of("how", "many"))) {
            caller.reply(guests.size() + " guests. Greeted since I count: " + greeted + ".");
        } else {
            caller.fail("Send a name, or {\"how\", \"many\"}, not " + request);
        }
    }

    @Override
    public Object onSuspend(Self self) {
        return Map.of("last", last, "greeted", greeted);
    }

    @Override
    public void onResume(Self self, Handover handover) {
        onStart(self, handover.argument());
        if (handover.state() instanceof Map<?, ?> state) {
            last = state.get("last") instanceof String name ? name : "nobody";
            greeted = state.get("greeted") instanceof Long count ? count : 0;
        }
    }
    // end::change[]

    @Override
    public void onStart(Self self, Object argument) {
        guests = self.tables().claim(TableSpec.of("guests"));
    }
}
