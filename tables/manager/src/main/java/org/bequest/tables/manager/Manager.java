// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.manager;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.ManagedTable;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableException;
import org.bequest.table.TableExistsException;
import org.bequest.table.TableInfo;
import org.bequest.table.TableManager;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.table.Transfer;
import org.bequest.table.TransferRefusedException;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The behaviour of the table manager's process. */
final class Manager implements Worker, TableManager {
    /* How it works. A duty is a row of the duties table, and that table is the only memory: the fields hold nothing that
     * a successor could not find again. Every duty's table is with its holder, with somebody whom it comes back from, with
     * the manager, or in escrow on its way to the manager, whom it has for its heir. Whoever takes it out of that circle
     * (drops it, sets another heir) may: he owned it.
     *
     * All that moves is one step, attend(): take the table if it is to be had, and give it if the holder is there. It is
     * harmless at any time, so it is done whenever something may have changed: a holder arrives, a table comes back, a
     * worker takes over. Hence no order of these matters, also not the holder who is there before his table is back: the
     * kernel refuses to give to who is not there, and says who arrives afterwards.
     *
     * A table that its holder dropped is created anew, empty, for the next who arrives, and not before: he who dropped it
     * meant it, but the next one waits for a table.
     *
     * manage() takes the table first, then writes the row: refused, it has changed nothing; cut off in between, it leaves a
     * table that only the manager can take, and the next manage() does. */

    /** Of casts: {@code {MANAGE, pid, row}}. As with rows, other versions of this bundle may have sent them. */
    static final String MANAGE = "manage";

    /** Of casts: {@code {RELEASE, pid, table}}. */
    static final String RELEASE = "release";

    private static final Logger log = LoggerFactory.getLogger(Manager.class);

    private static final TableSpec DUTIES =
            TableSpec.of(NAME + ".duties").type(TableType.ORDERED_SET).keyPosition(Duty.KEY);
    private static final Recipient MANAGER = Recipient.named(NAME);

    // Set by the first call, onStart.
    private Self self;
    private Tables tables;
    private Table duties;

    /** Also how a worker resumes, see {@link Worker#onResume}: a successor knows nothing but the duties, dead or replaced. */
    @Override
    public void onStart(Self self, @Nullable Object argument) {
        this.self = self;
        tables = self.tables();
        duties = tables.claim(DUTIES);
        for (ManagedTable duty : managed()) {
            self.watch(duty.holder());
            if (tables.find(duty.table().name()).isPresent()) {
                attend(duty);
            } else {
                log.info(
                        "Table '{}' was dropped; {} gets a new one when next arriving",
                        duty.table().name(),
                        duty.holder());
            }
        }
    }

    @Override
    public void manage(ManagedTable duty) {
        String name = duty.table().name();
        if (name.equals(DUTIES.name())) {
            throw new TableExistsException(
                    name, "Table '" + name + "' is the table manager's own. Choose another name.");
        }
        Tuple row = Duty.toRow(duty);
        Tuple before = duties.get(name);
        if (row.equals(before)) {
            return; // Said again, as configurations do.
        }
        Optional<Table> table = take(duty.table());
        duties.insert(row);
        log.info("Managing table '{}' for {}", name, duty.holder());
        if (before != null) {
            unwatch(Duty.ofRow(before).holder());
        }
        self.watch(duty.holder());
        table.ifPresent(t -> give(t, duty));
    }

    @Override
    public void release(String table) {
        List<Tuple> rows = duties.take(table);
        if (rows.isEmpty()) {
            throw new NoSuchTableException(
                    table,
                    "The table manager keeps no table '" + table + "' that could be released; managed() tells which");
        }
        rows.forEach(row -> unwatch(Duty.ofRow(row).holder()));
        // One that somebody holds has the manager for its heir, and comes back once more: see returned().
        if (tables.find(table).filter(this::isHere).isPresent()) {
            leave(table);
        }
        log.info("Released table '{}'", table);
    }

    @Override
    public List<ManagedTable> managed() {
        return duties().toList();
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        if (signal instanceof Signal.Arrived arrived) {
            duties().filter(duty -> duty.holder().equals(arrived.who())).forEach(this::attend);
        } else if (signal instanceof Signal.Transferred transferred) {
            returned(transferred.transfer());
        }
    }

    /**
     * Configurations come as messages, since whoever brings one may not wait: see {@link ConfiguredTable}. As with calls of
     * the service, one that is refused does not end the process.
     */
    @Override
    public void onCast(Self self, Object message) {
        if (!(message instanceof Tuple order) || order.size() < 3) {
            log.warn("Passed over a message of {}, which is no order", message.getClass());
            return;
        }
        try {
            switch (order.getString(0)) {
                case MANAGE -> manage(Duty.ofRow(order.getTuple(2)));
                case RELEASE -> release(order.getString(2));
                default -> log.warn("Passed over an unknown order: {}", order);
            }
        } catch (NoSuchTableException gone) {
            log.debug("Configuration {}: {}", order.get(1), gone.getMessage());
        } catch (RuntimeException refused) {
            log.error("Configuration {} is refused, and changes nothing: {}", order.get(1), refused.getMessage());
        }
    }

    private void returned(Transfer transfer) {
        String table = transfer.table().name();
        Tuple row = duties.get(table);
        if (row != null) {
            log.debug("Table '{}' is back from {}", table, transfer.from());
            attend(Duty.ofRow(row));
        } else {
            log.info("Table '{}' was released and has come back from {}", table, transfer.from());
            leave(table);
        }
    }

    /** Leaves it in escrow, unless somebody was quicker: a public table may be dropped by anybody. */
    private void leave(String table) {
        try {
            tables.open(table).leave();
        } catch (TableException gone) {
            log.info("Table '{}' is not left in escrow: {}", table, gone.getMessage());
        }
    }

    /** What can be done for a duty just now. What cannot be done for one must not keep the others from it. */
    private void attend(ManagedTable duty) {
        try {
            take(duty.table()).ifPresent(table -> give(table, duty));
        } catch (TableException refused) {
            log.warn("Table '{}' cannot be had for {}: {}", duty.table().name(), duty.holder(), refused.getMessage());
        }
    }

    /** The table, created if there is none; empty if somebody has it from whom it will come back. */
    private Optional<Table> take(TableSpec spec) {
        try {
            return Optional.of(tables.claim(spec.heir(MANAGER, null)));
        } catch (TableExistsException taken) {
            if (tables.find(spec.name()).filter(info -> comesBack(info, spec)).isEmpty()) {
                throw taken;
            }
            return Optional.empty();
        }
    }

    private void give(Table table, ManagedTable duty) {
        try {
            table.giveAway(duty.holder(), duty.gift());
            log.info("Gave table '{}' to {}", table.name(), duty.holder());
        } catch (TransferRefusedException nobody) {
            log.debug("Table '{}' waits for {}", table.name(), duty.holder());
        }
    }

    private Stream<ManagedTable> duties() {
        return duties.toList().stream().map(Duty::ofRow);
    }

    private boolean isHere(TableInfo info) {
        return info.owner() instanceof Owner.Process owner && owner.pid().equals(self.pid());
    }

    private static boolean comesBack(TableInfo info, TableSpec spec) {
        return info.heir() != null
                && info.heir().to().equals(MANAGER)
                && info.type() == spec.type()
                && info.keyPosition() == spec.keyPosition()
                && info.engine().equals(spec.engine());
    }

    private void unwatch(Recipient holder) {
        if (duties().noneMatch(duty -> duty.holder().equals(holder))) {
            self.unwatch(holder);
        }
    }
}
