// SPDX-License-Identifier: Apache-2.0
package org.bequest.pools;

import static org.bequest.pool.PoolProtocol.BUSY;
import static org.bequest.pool.PoolProtocol.HELD;
import static org.bequest.pool.PoolProtocol.IDLE;
import static org.bequest.pool.PoolProtocol.MODE;
import static org.bequest.pool.PoolProtocol.PID;
import static org.bequest.pool.PoolProtocol.POOL;
import static org.bequest.pool.PoolProtocol.REQUEST;
import static org.bequest.pool.PoolProtocol.RETIRING;
import static org.bequest.pool.PoolProtocol.SLOT;
import static org.bequest.pool.PoolProtocol.SPEC;
import static org.bequest.pool.PoolProtocol.STARTING;
import static org.bequest.pool.PoolProtocol.STATE;
import static org.bequest.pool.PoolProtocol.WANTED;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.bequest.pool.PoolProtocol;
import org.bequest.pool.PoolSpec;
import org.bequest.process.Self;
import org.bequest.table.Access;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What a pool knows. The pool's own row is written by its process only; places change by comparing. */
final class Rows {
    /** What the process was started with, in the pool's own row: the specification there may have been resized since. */
    private static final int ARGUMENT = SPEC + 1;

    /** <code>{{worker, Pid}, Born}</code>: there from its start to its end, in a place or dismissed. */
    private static final String WORKER = "worker";

    private final Table table;
    private Tuple pool;
    private PoolSpec spec;

    private Rows(Table table, Tuple pool) {
        this.table = table;
        this.pool = pool;
        this.spec = PoolSpec.ofTerm(pool.get(SPEC));
    }

    /** Those that are there, or those of a new pool, which has its places at once. */
    static Rows of(Self self, PoolSpec asked) {
        Table table = self.tables()
                .claim(TableSpec.of(PoolProtocol.name(asked.name())).access(Access.PUBLIC));
        Tuple pool = table.get(POOL);
        if (pool == null) {
            pool = Tuple.of(POOL, PoolProtocol.OPEN, asked.toTerm(), asked.toTerm());
            table.insert(withPlaces(pool, asked.size(), 1));
            return new Rows(table, pool);
        }
        Rows rows = new Rows(table, pool);
        if (!asked.toTerm().equals(pool.get(ARGUMENT))) {
            rows.write(pool.with(ARGUMENT, asked.toTerm()));
            rows.respecify(asked);
            rows.retireAll();
        }
        return rows;
    }

    Table table() {
        return table;
    }

    PoolSpec spec() {
        return spec;
    }

    // The pool's own row

    String mode() {
        return pool.getString(MODE);
    }

    void mode(String mode) {
        write(pool.with(MODE, mode));
    }

    private void write(Tuple row) {
        pool = row;
        table.insert(row);
    }

    /** Has another specification, and new places if there are to be more: in one step. */
    void respecify(PoolSpec next) {
        List<Tuple> places = places();
        spec = next;
        pool = pool.with(SPEC, next.toTerm());
        table.insert(withPlaces(pool, next.size() - places.size(), nextSlot(places)));
    }

    // Places

    private static List<Tuple> withPlaces(Tuple pool, int more, long slot) {
        List<Tuple> rows = new ArrayList<>();
        rows.add(pool);
        for (int i = 0; i < more; i++) {
            rows.add(PoolProtocol.free(slot + i, STARTING, null));
        }
        return rows;
    }

    private static long nextSlot(List<Tuple> places) {
        return places.isEmpty() ? 1 : places.get(places.size() - 1).getLong(SLOT) + 1;
    }

    /** The same place, not lent, in another state. */
    static Tuple free(Tuple place, String state, @Nullable Pid pid) {
        return PoolProtocol.free(slot(place), state, pid);
    }

    /** All places, by slot. */
    List<Tuple> places() {
        return table.toList().stream()
                .filter(row -> row.get(SLOT) instanceof Long)
                .sorted(Comparator.comparing(row -> row.getLong(SLOT)))
                .toList();
    }

    void addPlace() {
        table.insert(PoolProtocol.free(nextSlot(places()), STARTING, null));
    }

    /** A place that nobody has, or null. */
    @Nullable
    Tuple unlent() {
        Tuple idle = null;
        for (Tuple place : places()) {
            if (is(place, HELD)) {
                return place;
            }
            idle = is(place, IDLE) ? place : idle;
        }
        return idle;
    }

    /** Changes all places that are in that state to another one. Returns whether none is left that another has changed meanwhile. */
    boolean changeAll(String from, String to) {
        boolean all = true;
        for (Tuple place : places()) {
            all &= !is(place, from) || replace(place, place.with(STATE, to));
        }
        return all;
    }

    /** Whether nothing is lent that would be returned without a word, nor can be lent; what is held may be, or not. */
    boolean isQuiet(boolean holding) {
        return places().stream().noneMatch(place -> is(place, IDLE) || is(place, BUSY) || !holding && is(place, HELD));
    }

    /** Has all workers replaced: at once, or when they are returned. */
    private void retireAll() {
        while (places().stream().anyMatch(place -> isUnlent(place) || is(place, BUSY) || is(place, WANTED))) {
            changeAll(IDLE, STARTING);
            changeAll(HELD, STARTING);
            changeAll(BUSY, RETIRING);
            changeAll(WANTED, RETIRING);
        }
    }

    @Nullable
    Tuple byPid(Pid pid) {
        return places().stream()
                .filter(place -> pid.equals(pid(place)))
                .findFirst()
                .orElse(null);
    }

    /** The place that is offered for that request, or null. */
    @Nullable
    Tuple offered(Object request) {
        return places().stream()
                .filter(place -> request.equals(place.get(REQUEST)))
                .findFirst()
                .orElse(null);
    }

    /** What the place is by now. */
    @Nullable
    Tuple again(Tuple place) {
        return table.get(slot(place));
    }

    boolean replace(Tuple place, Tuple next) {
        return table.replace(place, next);
    }

    /** Whether it was there to be removed. */
    boolean remove(Tuple place) {
        return table.deleteObject(place) == 1;
    }

    static Object slot(Tuple place) {
        return Objects.requireNonNull(place.get(SLOT));
    }

    static @Nullable Pid pid(Tuple place) {
        return (Pid) place.get(PID);
    }

    static boolean is(Tuple place, String state) {
        return state.equals(place.get(STATE));
    }

    /** Whether it has a worker, and nobody has that. */
    static boolean isUnlent(Tuple place) {
        return is(place, IDLE) || is(place, HELD);
    }

    /** Whether somebody has it. */
    static boolean isLent(Tuple place) {
        return place.get(PoolProtocol.BORROWER) != null;
    }

    // Workers

    void born(Pid pid) {
        table.insert(Tuple.of(Tuple.of(WORKER, pid), System.currentTimeMillis()));
    }

    boolean isBorn(@Nullable Pid pid) {
        return table.member(Tuple.of(WORKER, pid));
    }

    /** When it started; null if it never has. */
    @Nullable
    Long buried(Pid pid) {
        List<Tuple> taken = table.take(Tuple.of(WORKER, pid));
        return taken.isEmpty() ? null : taken.get(0).getLong(1);
    }

    /** Those that have started, with when. */
    List<Tuple> workers() {
        return keyed(WORKER);
    }

    static Pid worker(Tuple row) {
        return (Pid) Objects.requireNonNull(row.getTuple(SLOT).get(1));
    }

    /** Rows whose key is a pair that begins so. */
    List<Tuple> keyed(String kind) {
        return table.toList().stream()
                .filter(row -> row.get(SLOT) instanceof Tuple key && kind.equals(key.get(0)))
                .toList();
    }
}
