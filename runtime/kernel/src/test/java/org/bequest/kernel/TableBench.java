// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.bequest.table.Access;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.table.Transfer;
import org.bequest.tables.heap.HeapEngine;
import org.bequest.tables.spi.Engine;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Real tables without a framework: the kernel's ledger, the heap engine, and holders that are nothing but names. A bench has
 * tables of its own. Threads: any.
 */
public final class TableBench {
    private final Map<String, Holder> holders = new ConcurrentHashMap<>();
    private final AtomicLong tables = new AtomicLong();
    private final Engines engines = new Engines();
    private final Ledger ledger = new Ledger(engines, this::find);

    public TableBench() {
        this(new HeapEngine());
    }

    public TableBench(Engine engine) {
        engines.use(TableSpec.HEAP, engine);
    }

    private @Nullable Life find(Recipient recipient) {
        Holder holder = recipient instanceof Recipient.Bundle bundle ? holders.get(bundle.symbolicName()) : null;
        return holder == null ? null : holder.life;
    }

    /** Somebody who can own tables: the one of that name who is alive, or a new one. */
    public Holder holder(String name) {
        return holders.computeIfAbsent(name, Holder::new);
    }

    /** A new empty table: public, its key at position 0, owned by the holder "owner". */
    public Table table(TableType type) {
        return holder("owner").table(type, Access.PUBLIC);
    }

    public Table table(TableType type, Tuple... rows) {
        Table table = table(type);
        table.insert(List.of(rows));
        return table;
    }

    /** Puts an engine in place of the one there is: the rows of all tables move over. */
    public void replaceEngine(Engine engine) {
        engines.use(TableSpec.HEAP, engine);
        ledger.carryOver(TableSpec.HEAP, engine);
    }

    /** One life, addressed as a bundle. */
    public final class Holder {
        private final String name;
        private final Living life;

        private Holder(String name) {
            this.name = name;
            this.life = new Living(name);
        }

        public Recipient address() {
            return Recipient.bundle(name);
        }

        public Tables tables() {
            return new TablesView(ledger, life);
        }

        public Table table(TableType type, Access access) {
            return tables().create(TableSpec.of("table-" + tables.incrementAndGet())
                    .type(type)
                    .access(access));
        }

        /** The transfers since the last time of asking. */
        public List<Transfer> transfers() {
            List<Transfer> transfers = new ArrayList<>();
            for (Envelope.Given given = life.given.poll(); given != null; given = life.given.poll()) {
                transfers.add(new Transfer(new TableHandle(ledger, given.table, life), given.from, given.gift));
            }
            return transfers;
        }

        /** Ends this life. Its tables go to their heirs, to escrow, or away. */
        public void end() {
            holders.remove(name, this);
            ledger.end(() -> life);
        }
    }

    private static final class Living extends Life {
        final Queue<Envelope.Given> given = new ConcurrentLinkedQueue<>();

        private final Owner.Bundle who;

        Living(String name) {
            who = new Owner.Bundle(name, 1);
        }

        @Override
        Owner who() {
            return who;
        }

        @Override
        String claimant() {
            return who().toString();
        }

        @Override
        boolean answersTo(Recipient recipient) {
            return recipient instanceof Recipient.Bundle bundle
                    && bundle.symbolicName().equals(who.symbolicName());
        }

        @Override
        void transferred(KernelTable table, Owner from, @Nullable Object gift) {
            given.add(new Envelope.Given(table, from, gift));
        }
    }
}
