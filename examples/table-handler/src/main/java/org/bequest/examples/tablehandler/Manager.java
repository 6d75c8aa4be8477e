// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tablehandler;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bequest.process.Caller;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableException;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.TransferRefusedException;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * {@code etsserver.erl}: makes tables, each with a handler of its own to which it gives the table. Gets a table back when its
 * handler dies, and gives it to the next. All that it knows is which tables there are, and that is in a table, too.
 */
final class Manager implements Worker {
    /** A row for each table: {@code {Name}}. The next manager claims it. */
    static final TableSpec REGISTER = TableSpec.of("etsserver.register").type(TableType.ORDERED_SET);

    private final Reports reports;
    private final Supplier<Supervisor> supervisor;

    Manager(Reports reports, Supplier<Supervisor> supervisor) {
        this.reports = reports;
        this.supervisor = supervisor;
    }

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        List<String> names = names(self);
        reports.add(self.pid() + " manages the tables " + names);
        names.forEach(name -> attend(self, name));
    }

    /** There is nothing to take up: the process has kept its tables and watches, and what happened meanwhile comes as a signal. */
    @Override
    public void onResume(Self self, Handover handover) {}

    private static List<String> names(Self self) {
        return self.tables().claim(REGISTER).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /**
     * {@code handle_call({new_table, TableName}, _From, State)}. Whoever was killed in the middle of it may be asked again: what
     * is there already is taken as it is, and what is in the register has a handler.
     */
    @Override
    public void onCall(Self self, Object request, Caller caller) {
        String name = (String) request;
        Table register = self.tables().open(REGISTER.name());
        if (register.member(name)) {
            caller.fail("Table '" + name + "' is there already");
            return;
        }
        try {
            startHandler(name, self.tables().claim(spec(name)));
            register.insert(Tuple.of(name));
            attend(self, name);
            caller.reply(true);
        } catch (SupervisorException | TableException refused) {
            caller.fail(refused);
        }
    }

    /** The heir is a name: whoever is the manager when the handler dies. */
    private static TableSpec spec(String name) {
        return TableSpec.of(name).type(TableType.BAG).heir(Recipient.named(ManagerModule.PROCESS), name);
    }

    private void startHandler(String name, Table table) {
        ChildSpec handler =
                ChildSpec.of(name, HandlerModule.NAME).name(name).argument(name).shutdown(Duration.ofSeconds(2));
        try {
            supervisor.get().start(handler);
        } catch (SupervisorException refused) {
            if (refused.problem() != SupervisorException.Problem.ALREADY_STARTED) {
                table.drop();
                throw refused;
            }
        }
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        if (signal instanceof Signal.Transferred back) {
            attend(self, back.transfer().table().name());
        } else if (signal instanceof Signal.Arrived handler && handler.who() instanceof Recipient.Named named) {
            attend(self, named.name());
        }
    }

    /** Gives a table to its handler, unless he has it. If he is not there, {@link Signal.Arrived} will say when he is. */
    private static void attend(Self self, String name) {
        self.watch(Recipient.named(name));
        Optional<Owner> owner = self.tables().find(name).map(TableInfo::owner);
        if (owner.isPresent()
                && owner.get() instanceof Owner.Process process
                && !process.pid().equals(self.pid())) {
            return;
        }
        try {
            self.tables().claim(spec(name)).giveAway(Recipient.named(name), name);
        } catch (TransferRefusedException notThere) {
            // as above
        }
    }
}
