// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import java.util.ArrayList;
import java.util.List;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.term.Tuple;

/** A to-do list, with what is on it in a field; {@code Todo.List}. */
final class TodoList implements Worker {
    static final String MODULE = "todo-list";

    /** Of a call: <code>{PUT, Item}</code>. */
    static final String PUT = "put";
    /** A call. */
    static final String GET = "get";
    /** A call; {@code Agent.stop}. */
    static final String STOP = "stop";

    private final List<Object> items = new ArrayList<>();

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        if (request instanceof Tuple order && order.size() == 2 && PUT.equals(order.get(0))) {
            items.add(order.get(1));
            caller.reply(null);
        } else if (request.equals(GET)) {
            caller.reply(List.copyOf(items));
        } else if (request.equals(STOP)) {
            caller.reply(null);
            self.exit(ExitReason.NORMAL);
        } else {
            caller.fail("Send {\"put\", Item}, \"get\" or \"stop\"");
        }
    }

    @Override
    public Object onSuspend(Self self) {
        return items;
    }

    @Override
    public void onResume(Self self, Handover handover) {
        if (handover.state() instanceof List<?> kept) {
            items.addAll(kept);
        }
    }
}
