// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.tuple;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.supervisor.Supervisor;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only one who writes the table of names, which everybody reads; {@code Todo.Manager}. The table waits for the next manager
 * when this one has ended.
 */
final class TodoManager implements Worker {
    static final String MODULE = "todo-manager";
    /** Of the process, and of the table: these names have nothing to do with each other. */
    static final String NAME = "todo.manager";

    /** Of a call: <code>{CREATE, Name}</code>. The reply is the list of that name. */
    static final String CREATE = "create";
    /** A call. */
    static final String STOP = "stop";

    private static final Logger log = LoggerFactory.getLogger(TodoManager.class);

    private final Supervisor lists;
    private final Iterable<TodoListener> listeners;
    private final Reports reports;

    /** A row is {@code {name, pid}}. From the first call on. */
    private Table names;

    TodoManager(Supervisor lists, Iterable<TodoListener> listeners, Reports reports) {
        this.lists = lists;
        this.listeners = listeners;
        this.reports = reports;
    }

    /** Looks a list up in the caller's thread: nothing is asked of the manager. It may have ended a moment ago. */
    static Optional<Pid> lookup(Tables tables, String table, String name) {
        return Optional.ofNullable(tables.open(table).get(name)).map(row -> (Pid) row.get(1));
    }

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        open(self);
        // Of one that has ended meanwhile there will be a signal, too.
        names.forEach(row -> self.monitor(pid(row)));
        reports.add("The manager has started, and monitors "
                + names.stream().map(row -> row.getString(0)).sorted().toList());
    }

    /** Other code for the same process, whose monitors have stayed. */
    @Override
    public void onResume(Self self, Handover handover) {
        open(self);
    }

    private void open(Self self) {
        names = self.tables().claim(TableSpec.of(NAME));
    }

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        if (request instanceof Tuple order && order.size() == 2 && CREATE.equals(order.get(0))) {
            caller.reply(create(self, order.getString(1)));
        } else if (request.equals(STOP)) {
            caller.reply(null);
            self.exit(ExitReason.NORMAL);
        } else {
            caller.fail("Send {\"create\", Name} or \"stop\"");
        }
    }

    private Pid create(Self self, String name) {
        Tuple row = names.get(name);
        if (row != null) {
            return pid(row);
        }
        Pid list = lists.startWith(null).orElseThrow();
        self.monitor(list);
        names.insert(Tuple.of(name, list));
        tell(listener -> listener.created(name, list));
        return list;
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        if (signal instanceof Signal.Down down) {
            for (Tuple row : names.matchObject(tuple(any(), down.pid()))) {
                names.deleteObject(row);
                tell(listener -> listener.exited(row.getString(0), down.pid()));
            }
        }
    }

    private void tell(Consumer<TodoListener> event) {
        for (TodoListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException failed) {
                log.warn("A listener failed", failed);
            }
        }
    }

    private static Pid pid(Tuple row) {
        return (Pid) Objects.requireNonNull(row.get(1));
    }
}
