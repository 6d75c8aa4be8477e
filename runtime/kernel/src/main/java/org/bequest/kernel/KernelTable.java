// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.bequest.table.Access;
import org.bequest.table.FencedException;
import org.bequest.table.Fixation;
import org.bequest.table.Heir;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.NotOwnerException;
import org.bequest.table.Owner;
import org.bequest.table.Shape;
import org.bequest.table.StaleShapeException;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A table: its rows, its tenure, and the gate that every writer passes. */
final class KernelTable {
    /* How it works. Writers pass the gate shared for one row, exclusively for a batch, and are checked inside it. Ownership,
     * and the store itself, change only with the gate held exclusively (and under the ledger's lock). So when a change of
     * ownership returns, every write that the former owner was allowed has ended, and every later one is refused: that is
     * the fence. Whoever writes to a public table of somebody else is its guest, and his life remembers that from before
     * the first write (visit): when that life ends, it waits at the gate of each such table in the same way. Readers never
     * touch the gate; what they need is volatile, and the store isolates batches for them.
     * Rows and shape are one volatile value: whoever has a store knows the shape that its rows have at least.
     * The gate is held only around calls of a store: it is never held while waiting for anybody, and a store calls no handle.
     * The ledger's lock comes before it. When new rows for all come too late again and again, since others write, these wait
     * for a moment before the gate: a longer one each time.
     * Why: docs/decisions/0002-ownership-is-fenced.md, docs/decisions/0009-shapes-are-added-to.md
     */
    static {
        // The JIT compiler inlines what has this class in its signature only where the bundle has resolved it.
        // Each read and write asks for a shape, and most find none: nothing else would ever resolve it.
        Objects.requireNonNull(Shape.class);
    }

    private volatile String name;
    final TableType type;
    final int keyPosition;
    final String engine;

    /** How often all rows may be made anew in vain before writers give way, and how often their time is doubled then. */
    private static final int PATIENCE = 3;

    private static final int DOUBLED = 7;
    private static final long WAY_NANOS = 1_000_000;
    private static final long NO_WAY = 0;

    private final Gate gate = new Gate();
    /** Until when writers give way, by {@link System#nanoTime}, or {@link #NO_WAY}. */
    private volatile long wayUntil = NO_WAY;
    /** Under the ledger's lock. */
    private int misses;

    private volatile Content content;
    private volatile Tenure tenure;
    private volatile boolean gone;
    private volatile Access access;
    private volatile @Nullable Heir heir;
    private volatile boolean claimed;
    private final Set<FixationView> fixations = ConcurrentHashMap.newKeySet();

    /** The rows, and what their elements are; null if nobody has said. */
    record Content(Store store, @Nullable Shape shape) {}

    KernelTable(TableSpec spec, Store store, Life owner, boolean claimed) {
        this.name = spec.name();
        this.type = spec.type();
        this.keyPosition = spec.keyPosition();
        this.engine = spec.engine();
        this.access = spec.access();
        this.heir = spec.heir();
        this.content = new Content(store, spec.shape());
        this.claimed = claimed;
        this.tenure = new Tenure(owner);
    }

    String name() {
        return name;
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

    TableInfo info(Rights by) {
        checkUse(by, "ask about");
        return info();
    }

    TableInfo info() {
        Content now = content;
        return new TableInfo(
                name,
                type,
                access,
                keyPosition,
                tenure.owner,
                heir,
                claimed,
                now.store.size(),
                engine,
                now.shape,
                fixations());
    }

    /** What a store for its rows is made for. */
    TableSpec spec() {
        return new TableSpec(name, type, access, keyPosition, null, engine, null);
    }

    boolean isKind(TableSpec spec) {
        return type == spec.type() && keyPosition == spec.keyPosition() && engine.equals(spec.engine());
    }

    /** As the table tells keys apart. */
    boolean sameKey(Object a, Object b) {
        return type == TableType.ORDERED_SET ? Terms.compare(a, b) == 0 : Terms.equal(a, b);
    }

    Fixation fix(Rights by) {
        reading(by, "fix");
        FixationView fixation = new FixationView(fixations, by.life);
        fixations.add(fixation);
        return fixation;
    }

    /** Those of lives that are over have ended with them. */
    private List<Owner> fixations() {
        fixations.removeIf(fixation -> fixation.life().over());
        return fixations.stream().map(fixation -> fixation.life().who()).toList();
    }

    /** The rows, for a handle that may read. */
    Content reading(Rights by, String tried) {
        checkRead(by, tried);
        Content now = content;
        checkShape(by, tried, now);
        return now;
    }

    void checkRead(Rights by, String tried) {
        checkUse(by, tried);
        if (access == Access.PRIVATE && by.tenure != tenure) {
            throw refusal(by, tried);
        }
    }

    @Nullable
    Shape shape(Rights by) {
        checkUse(by, "ask for the shape of");
        return content.shape;
    }

    /** Passes the gate for a write of one row. What is returned must be given to {@link #left}. */
    int enter(Rights by, String tried) {
        giveWay();
        return checked(gate.enter(), by, tried);
    }

    /** Passes the gate alone, for a write of many rows. What is returned must be given to {@link #left}. */
    int enterAlone(Rights by, String tried) {
        giveWay();
        return checked(gate.enterAlone(), by, tried);
    }

    private void giveWay() {
        for (long until = wayUntil; until != NO_WAY; until = wayUntil) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                wayUntil = NO_WAY;
            }
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private int checked(int way, Rights by, String tried) {
        try {
            checkWrite(by, tried);
            checkShape(by, tried, content);
            return way;
        } catch (RuntimeException | Error refused) {
            gate.leave(way);
            throw refused;
        }
    }

    /** The store, for whoever is inside the gate. */
    Store store() {
        return content.store;
    }

    void left(int way) {
        gate.leave(way);
    }

    private void checkWrite(Rights by, String tried) {
        checkUse(by, tried);
        if (by.tenure != tenure) {
            if (by.tenure != null || access != Access.PUBLIC) {
                throw refusal(by, tried);
            }
            by.visit(this, tried);
        }
    }

    private void checkShape(Rights by, String tried, Content now) {
        if (by.shape != null && by.shape != now.shape && !by.shape.equals(now.shape)) {
            throw new StaleShapeException(
                    name,
                    "Table '" + name + "' has the shape " + now.shape + " by now; "
                            + by.life.who() + " tried to " + tried + " with rows of " + by.shape
                            + ". Look at its shape again, and repeat it.");
        }
    }

    /** Under the ledger's lock: what only the owner may do to the table itself. */
    void checkOwner(Rights by, String tried) {
        checkUse(by, tried);
        if (by.tenure != tenure) {
            throw refusal(by, tried);
        }
    }

    /** Under the ledger's lock. */
    void checkDrop(Rights by) {
        checkWrite(by, "drop it");
    }

    private void checkUse(Rights by, String tried) {
        if (by.life.over()) { // nothing is put together unless it has to be said
            by.life.check(tried + " table '" + name + "'");
        }
        if (gone) {
            throw new NoSuchTableException(
                    name,
                    "Table '" + name + "' is gone; " + by.life.who() + " tried to " + tried
                            + ". Create or claim it anew.");
        }
    }

    private RuntimeException refusal(Rights by, String tried) {
        if (by.tenure != null) {
            return new FencedException("Table '" + name + "' belongs to " + tenure.owner + " now; "
                    + by.life.who() + " tried to " + tried
                    + " through a handle from when it was its own. Open the table again.");
        }
        return new NotOwnerException(
                name,
                "Table '" + name + "' is " + access + " and belongs to " + tenure.owner + "; "
                        + by.life.who() + " tried to " + tried
                        + ". Ask the owner, or have the table created with another access.");
    }

    /* What follows is called by the ledger only, under its lock. */

    void setTenure(Tenure next) {
        int way = gate.enterAlone();
        tenure = next;
        gate.leave(way);
    }

    /** A guest's life is over. When this returns, no write of it is under way. */
    void awaitGuest() {
        gate.leave(gate.enterAlone());
    }

    void setName(String name) {
        this.name = name;
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
        int way = gate.enterAlone();
        gone = true;
        gate.leave(way);
    }

    /** Moves the rows into a store of that engine. Readers go on in the old store meanwhile, writers wait. */
    void moveTo(Engine successor) {
        Store next = successor.newStore(type, keyPosition);
        int way = gate.enterAlone();
        try {
            next.putAll(store().toList());
            content = new Content(next, content.shape);
        } finally {
            gate.leave(way);
        }
    }

    /** Sets the shape, if it was the expected one. */
    boolean reshape(@Nullable Shape expected, Shape next) {
        int way = gate.enterAlone();
        try {
            boolean asExpected = Objects.equals(content.shape, expected);
            if (asExpected) {
                content = new Content(content.store, next);
            }
            return asExpected;
        } finally {
            gate.leave(way);
        }
    }

    /** New rows for all came too late. Those who write give way, so that the next come in time. */
    void missed() {
        misses++;
        if (misses > PATIENCE) {
            wayUntil = (System.nanoTime() + (WAY_NANOS << Math.min(misses - PATIENCE - 1, DOUBLED))) | 1;
        }
    }

    /** Sets rows and shape, if those that were read before are still there. */
    boolean reshape(Content before, List<Tuple> rows, Content next) {
        int way = gate.enterAlone();
        try {
            boolean unchanged = content.equals(before) && before.store.toList().equals(rows);
            if (unchanged) {
                content = next;
                misses = 0;
                wayUntil = NO_WAY;
            }
            return unchanged;
        } finally {
            gate.leave(way);
        }
    }
}
