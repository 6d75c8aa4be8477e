// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.bequest.table.Escrow;
import org.bequest.table.Heir;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Shape;
import org.bequest.table.TableExistsException;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.TransferRefusedException;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who owns which table. Every change of ownership is made here. */
final class Ledger implements Escrow {
    /* How it works. One lock orders all changes of ownership: creation, transfer, claim, drop, and the end of a life. Under
     * it, a table in the book is owned by exactly one life that is not over and that has the table in its set, or it is in
     * escrow and in nobody's set. A life ends under the same lock, so a transfer comes either before that (and the table
     * then passes on to its heir) or after it (and is refused).
     * Transfer messages are posted under the lock. Whoever ends posts its exit messages after it has ended here: so an heir
     * hears of the table first. By then the one who ended cannot be found any more, so an heir may take its name.
     * Under the lock a table's gate is taken (for as long as the writes inside it last) and a receiver's monitor, and an
     * engine is asked for a store: so a table is either made by the engine that is there, or carried over to it.
     * Why: docs/decisions/0002-ownership-is-fenced.md
     */
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final ReentrantLock lock = new ReentrantLock();
    /** Written under the lock, read by anybody. */
    private final Map<String, KernelTable> book = new ConcurrentHashMap<>();

    private final Engines engines;
    private final Directory directory;

    Ledger(Engines engines, Directory directory) {
        this.engines = engines;
        this.directory = directory;
    }

    TableHandle create(Life life, TableSpec spec) {
        return create(life, spec, List.of());
    }

    /** The table is there with those rows, or not at all. */
    TableHandle create(Life life, TableSpec spec, List<Tuple> rows) {
        return locked(() -> {
            life.check("create table '" + spec.name() + "'");
            KernelTable present = book.get(spec.name());
            if (present != null) {
                throw exists(present, life, "create it", "Choose another name, or open it.");
            }
            return add(life, spec, rows, false);
        });
    }

    TableHandle claim(Life life, TableSpec spec) {
        return locked(() -> {
            life.check("claim table '" + spec.name() + "'");
            KernelTable present = book.get(spec.name());
            return present == null ? add(life, spec, List.of(), true) : reclaim(present, life, spec);
        });
    }

    private TableHandle add(Life life, TableSpec spec, List<Tuple> rows, boolean claimed) {
        Store store = engines.newStore(spec, life.who());
        store.putAll(rows);
        KernelTable table = new KernelTable(spec, store, life, claimed);
        life.gain(table);
        book.put(table.name(), table);
        return new TableHandle(this, table, life);
    }

    private TableHandle reclaim(KernelTable table, Life life, TableSpec spec) {
        Tenure tenure = table.tenure();
        Heir heir = table.heir();
        boolean mayTake = tenure.life == life
                || tenure.life == null
                        && (life.claimant().equals(tenure.claimant) || heir != null && life.answersTo(heir.to()));
        if (!mayTake) {
            throw exists(table, life, "claim it", "Only the one who left it, or its heir, may claim it from escrow.");
        }
        if (!table.isKind(spec)) {
            throw exists(table, life, "claim it as " + spec, "Type, key position and engine must be what they were.");
        }
        if (tenure.life == null) {
            own(table, life);
        }
        table.claimedAs(spec);
        return new TableHandle(this, table, life);
    }

    private static TableExistsException exists(KernelTable table, Life life, String tried, String instead) {
        return new TableExistsException(
                table.name(),
                "Table '" + table.name() + "' is there already, a " + table.type + " with key position "
                        + table.keyPosition
                        + " in engine '" + table.engine + "', and belongs to " + table.tenure().owner + "; "
                        + life.who()
                        + " tried to " + tried + ". " + instead);
    }

    TableHandle open(Life life, String name) {
        life.check("open table '" + name + "'");
        KernelTable table = book.get(name);
        if (table == null) {
            throw new NoSuchTableException(
                    name, "There is no table '" + name + "' for " + life.who() + " to open. Create or claim it first.");
        }
        return new TableHandle(this, table, life);
    }

    Optional<TableInfo> find(String name) {
        return Optional.ofNullable(book.get(name)).map(KernelTable::info);
    }

    List<TableInfo> tables() {
        return book.values().stream()
                .map(KernelTable::info)
                .sorted(Comparator.comparing(TableInfo::name))
                .toList();
    }

    void giveAway(TableHandle by, Recipient to, @Nullable Object gift) {
        locked(() -> {
            KernelTable table = by.table();
            table.checkOwner(by.rights(), "give away");
            Life receiver = directory.find(to);
            if (receiver == null || receiver.over() || receiver == by.rights().life) {
                throw new TransferRefusedException(
                        table.name(),
                        "Table '" + table.name() + "' stays with "
                                + by.rights().life.who() + ": " + to
                                + (receiver == by.rights().life ? " owns it already." : " is not there to get it."));
            }
            receiver.transferred(table, own(table, receiver), gift);
            return null;
        });
    }

    void rename(TableHandle by, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A table's name must not be blank");
        }
        locked(() -> {
            KernelTable table = by.table();
            table.checkOwner(by.rights(), "rename");
            KernelTable present = book.get(name);
            if (present != null && present != table) {
                throw exists(
                        present,
                        by.rights().life,
                        "give its name to table '" + table.name() + "'",
                        "Choose another name.");
            }
            book.remove(table.name());
            table.setName(name);
            book.put(name, table);
            return null;
        });
    }

    boolean reshape(TableHandle by, @Nullable Shape expected, Shape next) {
        return locked(() -> {
            by.table().checkOwner(by.rights(), "reshape");
            return by.table().reshape(expected, next);
        });
    }

    /** Fills a store of its own, if rows change, before the lock is taken: only the comparison at the end is waited for. */
    boolean reshape(TableHandle by, @Nullable Shape expected, Shape next, Map<Tuple, Tuple> replacements) {
        KernelTable table = by.table();
        KernelTable.Content before = table.reading(by.rights(), "reshape");
        List<Tuple> rows = before.store().toList();
        boolean asExpected = Objects.equals(before.shape(), expected);
        if (!asExpected || !replacements.keySet().containsAll(rows)) {
            locked(() -> {
                table.checkOwner(by.rights(), "reshape");
                if (asExpected) {
                    table.missed();
                }
                return null;
            });
            return false;
        }
        if (sameLayout(before.shape(), next) && rows.stream().allMatch(row -> row.equals(replacements.get(row)))) {
            return reshape(by, before, rows, new KernelTable.Content(before.store(), next));
        }
        Store store = engines.newStore(table.spec(), by.rights().life.who());
        store.putAll(rows.stream().map(replacements::get).toList());
        if (store.size() != rows.size()) {
            throw new IllegalArgumentException("Table '" + table.name() + "' has " + rows.size() + " rows, of which "
                    + by.rights().life.who() + " would make " + store.size()
                    + ": some of the new ones have the same key");
        }
        return reshape(by, before, rows, new KernelTable.Content(store, next));
    }

    private boolean reshape(TableHandle by, KernelTable.Content before, List<Tuple> rows, KernelTable.Content next) {
        return locked(() -> {
            by.table().checkOwner(by.rights(), "reshape");
            boolean done = by.table().reshape(before, rows, next);
            if (!done) {
                by.table().missed();
            }
            return done;
        });
    }

    /** Then the rows can stay where they are. In another one, they are not to be seen by whoever is reading those before. */
    private static boolean sameLayout(@Nullable Shape before, Shape next) {
        return before == null || before.layout() == next.layout();
    }

    void setHeir(TableHandle by, @Nullable Heir heir) {
        locked(() -> {
            by.table().checkOwner(by.rights(), "set the heir of");
            by.table().setHeir(heir);
            return null;
        });
    }

    void leave(TableHandle by) {
        locked(() -> {
            by.table().checkOwner(by.rights(), "leave");
            toEscrow(by.table());
            return null;
        });
    }

    void drop(TableHandle by) {
        locked(() -> {
            by.table().checkDrop(by.rights());
            remove(by.table());
            return null;
        });
    }

    /**
     * Ends a principal's present life: its tables go to their heirs, to escrow, or away. When this returns, its writes are
     * fenced off.
     */
    void end(Supplier<? extends Life> principal) {
        end(principal, () -> {});
    }

    /** The same; what is to be done when its writes are fenced off is done before any heir hears of it. Under the lock. */
    void end(Supplier<? extends Life> principal, Runnable whenFenced) {
        locked(() -> {
            Life life = principal.get();
            fence(life);
            List<Runnable> news = new ArrayList<>();
            for (KernelTable table : life.tables()) {
                Heir heir = table.heir();
                Life next = heir == null ? null : directory.find(heir.to());
                if (next != null && !next.over()) {
                    Owner from = own(table, next);
                    news.add(() -> next.transferred(table, from, heir.gift()));
                } else if (table.claimed()) {
                    toEscrow(table);
                } else {
                    remove(table);
                }
            }
            whenFenced.run();
            news.forEach(Runnable::run);
            return null;
        });
    }

    /**
     * Ends a process's present life, and has the next one get its tables without a word. When this returns, writes of the
     * old one are fenced off.
     */
    void succeed(KernelProcess process) {
        locked(() -> {
            Life old = process.life();
            Life next = process.nextLife();
            if (next != null) {
                fence(old);
                old.tables().forEach(table -> own(table, next));
            }
            return null;
        });
    }

    /** Ends it. When this returns, so have its writes to tables of others; those to its own end when these move. */
    private static void fence(Life life) {
        life.end().forEach(KernelTable::awaitGuest);
    }

    private void toEscrow(KernelTable table) {
        disown(table);
        Tenure left = table.tenure();
        table.setTenure(new Tenure(left, new Owner.Escrow(left.owner, Instant.now())));
    }

    /** Returns whose it was. */
    private Owner own(KernelTable table, Life next) {
        Owner before = table.tenure().owner;
        disown(table);
        next.gain(table);
        table.setTenure(new Tenure(next));
        return before;
    }

    private void disown(KernelTable table) {
        Life life = table.tenure().life;
        if (life != null) {
            life.lose(table);
        }
    }

    private void remove(KernelTable table) {
        disown(table);
        book.remove(table.name());
        table.drop();
    }

    @Override
    public List<TableInfo> list() {
        return tables().stream()
                .filter(table -> table.owner() instanceof Owner.Escrow)
                .toList();
    }

    @Override
    public void drop(String name) {
        locked(() -> {
            KernelTable table = book.get(name);
            if (table == null || table.tenure().life != null) {
                throw new NoSuchTableException(
                        name,
                        "Table '" + name + "' cannot be dropped by the operator: it "
                                + (table == null ? "is not there." : "belongs to " + table.tenure().owner + "."));
            }
            remove(table);
            return null;
        });
    }

    /** Carries the rows of every table of the engine of that name over into stores of the one that is there now. */
    void carryOver(String name, Engine engine) {
        locked(() -> {
            book.values().stream().filter(table -> table.engine.equals(name)).forEach(table -> moveTo(engine, table));
            return null;
        });
    }

    private static void moveTo(Engine engine, KernelTable table) {
        try {
            table.moveTo(engine);
        } catch (RuntimeException failure) {
            LOG.error(
                    "Table '{}' stays in the store that it was in: the engine that has come failed to take it",
                    table.name(),
                    failure);
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }
}
