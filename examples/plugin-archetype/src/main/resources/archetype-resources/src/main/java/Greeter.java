## SPDX-License-Identifier: Apache-2.0
package ${package};

import java.util.Map;
import org.bequest.process.Caller;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;

/**
 * Greets by name, and counts. The counts are rows of a table, which outlives this object by itself; who came last is a field,
 * so it is handed over to the next version of this class.
 */
final class Greeter implements Worker {
    private Table guests; // rows: {Name, Visits}
    private String last = "nobody";

    /** The process is new. */
    @Override
    public void onStart(Self self, Object argument) {
        guests = self.tables().claim(TableSpec.of("guests"));
    }

    /** Somebody calls. One call at a time: no locks. */
    @Override
    public void onCall(Self self, Object request, Caller caller) {
        if (request instanceof String name) {
            long visits = guests.updateCounter(name, 1, 1, Tuple.of(name, 0));
            caller.reply("Hello, " + name + "! Visit " + visits + ". Before you came " + last + ".");
            last = name;
        } else {
            caller.fail("Send a name, not " + request);
        }
    }

    /** This bundle is about to be stopped or updated: what should the next version know? */
    @Override
    public Object onSuspend(Self self) {
        return Map.of("last", last);
    }

    /** This is the next version, and the process is not new. Reads what it knows of, and takes nothing for granted. */
    @Override
    public void onResume(Self self, Handover handover) {
        onStart(self, handover.argument());
        if (handover.state() instanceof Map<?, ?> state && state.get("last") instanceof String name) {
            last = name;
        }
    }
}
