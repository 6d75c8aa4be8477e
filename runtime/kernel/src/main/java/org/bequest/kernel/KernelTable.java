// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.concurrent.locks.StampedLock;
import org.bequest.table.Access;
import org.bequest.table.FencedException;
import org.bequest.table.Heir;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.NotOwnerException;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.jspecify.annotations.Nullable;

/** A table: its rows, its tenure, and the gate that every writer passes. */
final class KernelTable {
    /* How it works. Writers pass the gate shared for one row, exclusively for a batch, and are checked inside it. Ownership,
     * and the store itself, change only with the gate held exclusively (and under the ledger's lock). So when a change of
     * ownership returns, every write that the former owner was allowed has ended, and every later one is refused: that is
     * the fence. Readers never touch the gate; what they need is volatile, and the store isolates batches for them.
     * The gate is held only around calls of a store: it is never held while waiting for anybody.
     * Why: docs/decisions/0002-ownership-is-fenced.md
     */
    final String name;
    final TableType type;
    final int keyPosition;
    final String engine;

    private final StampedLock gate = new StampedLock();
    private volatile Store store;
    private volatile Tenure tenure;
    private volatile boolean gone;
    private volatile Access access;
    private volatile @Nullable Heir heir;
    private volatile boolean claimed;

    KernelTable(TableSpec spec, Store store, Life owner, boolean claimed) {
        this.name = spec.name();
        this.type = spec.type();
        this.keyPosition = spec.keyPosition();
        this.engine = spec.engine();
        this.access = spec.access();
        this.heir = spec.heir();
        this.store = store;
        this.claimed = claimed;
        this.tenure = new Tenure(owner);
    }

    Tenure tenure() {
        return tenure;
    }

    @Nullable
    Heir heir() {
        return heir;
    }

    boolean claimed() {
        return claimed;
    }

    TableInfo info(TableHandle by) {
        checkUse(by, "ask about");
        return info();
    }

    TableInfo info() {
        return new TableInfo(name, type, access, keyPosition, tenure.owner, heir, claimed, store.size(), engine);
    }

    boolean isKind(TableSpec spec) {
        return type == spec.type() && keyPosition == spec.keyPosition() && engine.equals(spec.engine());
    }

    /** The store, for a handle that may read. */
    Store reading(TableHandle by, String tried) {
        checkUse(by, tried);
        if (access == Access.PRIVATE && by.tenure != tenure) {
            throw refusal(by, tried);
        }
        return store;
    }

    /** Passes the gate for a write of one row. The stamp must be given back to {@link #left}. */
    long enter(TableHandle by, String tried) {
        return checked(gate.readLock(), by, tried);
    }

    /** Passes the gate alone, for a write of many rows. The stamp must be given back to {@link #left}. */
    long enterAlone(TableHandle by, String tried) {
        return checked(gate.writeLock(), by, tried);
    }

    private long checked(long stamp, TableHandle by, String tried) {
        try {
            checkWrite(by, tried);
            return stamp;
        } catch (RuntimeException refused) {
            gate.unlock(stamp);
            throw refused;
        }
    }

    /** The store, for whoever is inside the gate. */
    Store store() {
        return store;
    }

    void left(long stamp) {
        gate.unlock(stamp);
    }

    private void checkWrite(TableHandle by, String tried) {
        checkUse(by, tried);
        if (by.tenure != tenure && (by.tenure != null || access != Access.PUBLIC)) {
            throw refusal(by, tried);
        }
    }

    /** Under the ledger's lock: what only the owner may do to the table itself. */
    void checkOwner(TableHandle by, String tried) {
        checkUse(by, tried);
        if (by.tenure != tenure) {
            throw refusal(by, tried);
        }
    }

    /** Under the ledger's lock. */
    void checkDrop(TableHandle by) {
        checkWrite(by, "drop it");
    }

    private void checkUse(TableHandle by, String tried) {
        by.life.check(tried + " table '" + name + "'");
        if (gone) {
            throw new NoSuchTableException(
                    name,
                    "Table '" + name + "' is gone; " + by.life.who() + " tried to " + tried
                            + ". Create or claim it anew.");
        }
    }

    private RuntimeException refusal(TableHandle by, String tried) {
        if (by.tenure != null) {
            return new FencedException("Table '" + name + "' belongs to " + tenure.owner + " now; " + by.life.who()
                    + " tried to " + tried + " through a handle from when it was its own. Open the table again.");
        }
        return new NotOwnerException(
                name,
                "Table '" + name + "' is " + access + " and belongs to " + tenure.owner + "; " + by.life.who()
                        + " tried to " + tried + ". Ask the owner, or have the table created with another access.");
    }

    /* What follows is called by the ledger only, under its lock. */

    void setTenure(Tenure next) {
        long stamp = gate.writeLock();
        tenure = next;
        gate.unlockWrite(stamp);
    }

    void setHeir(@Nullable Heir heir) {
        this.heir = heir;
    }

    void claimedAs(TableSpec spec) {
        access = spec.access();
        heir = spec.heir() == null ? heir : spec.heir();
        claimed = true;
    }

    void drop() {
        long stamp = gate.writeLock();
        gone = true;
        gate.unlockWrite(stamp);
    }

    /** Moves the rows into a store of that engine. Readers go on in the old store meanwhile, writers wait. */
    void moveTo(Engine successor) {
        Store next = successor.newStore(type, keyPosition);
        long stamp = gate.writeLock();
        try {
            next.putAll(store.toList());
            store = next;
        } finally {
            gate.unlockWrite(stamp);
        }
    }
}
