// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.bequest.process.Self;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.Access;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Table;
import org.bequest.table.TableExistsException;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A supervisor's children, in order: rows of a table, and what is remembered of them. */
final class Children {
    /* How it works. The table is what counts; the maps hold the same, for whoever has to find a child by its pid or its
     * turn. A change is written first and remembered then.
     *
     * A row is written by comparing: only if it is what this supervisor has written last. The table may be shared, and
     * whoever believes this supervisor dead takes its rows over in the same way. So a row has one supervisor at every
     * moment, and one who has lost a row finds out before it does anything about it (Lost). */

    /** The row is another supervisor's by now. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost(Child child) {
            super(child + " was taken over by another supervisor", null, false, false);
        }
    }

    /** What is laid over the specification of a simple-one-for-one supervisor for a child that is just like it. */
    static final ChildSpec NOTHING_MORE = ChildSpec.defaults();

    /** By place. Those that came from others who share the table may have the places of those that were here. */
    private static final Comparator<Child> ORDER =
            Comparator.comparingLong((Child child) -> child.place).thenComparing(child -> child.key, Terms.ORDER);

    private final Self self;
    private final Table table;
    final Header header;

    /** In the order of their places. */
    private final Map<Object, Child> byKey = new LinkedHashMap<>();

    private final Map<Pid, Child> byPid = new HashMap<>();
    /** Those of these stages, in their order. */
    private final NavigableSet<Child> pending = new TreeSet<>(ORDER);

    private final NavigableSet<Child> cycling = new TreeSet<>(ORDER);
    private final Map<Stage, Integer> counts = new EnumMap<>(Stage.class);
    private long lastPlace;
    /** What most children of a simple-one-for-one supervisor are; null until it is asked for again. */
    private @Nullable ChildSpec template;
    /** Asked for at each step; null until it is asked for again. */
    private @Nullable Strategy strategy;

    private Children(Self self, Table table, Header header) {
        this.self = self;
        this.table = table;
        this.header = header;
    }

    /** Those of the supervisor of that name: with what the last process of it knew, if there was one. */
    static Children of(Self self, SupervisorSpec spec) {
        Table table = spec.shared() ? shared(self, spec) : self.tables().claim(TableSpec.of(spec.table()));
        Tuple row = table.get(Header.key(spec.name()));
        Children children = new Children(self, table, row == null ? Header.of(spec) : Header.ofRow(row));
        children.saveHeader();
        return children;
    }

    private static Table shared(Self self, SupervisorSpec spec) {
        TableSpec wanted = TableSpec.of(spec.table()).access(Access.PUBLIC);
        while (true) {
            try {
                Table table = self.tables().open(spec.table());
                TableInfo info = table.info();
                if (!info.type().isSet() || info.keyPosition() != 0 || info.access() != Access.PUBLIC) {
                    throw new IllegalArgumentException("Table '" + spec.table() + "' cannot be shared by supervisor '"
                            + spec.name() + "': it must be a public set with its keys at position 0, and is " + info);
                }
                return table;
            } catch (NoSuchTableException first) {
                try {
                    return self.tables().claim(wanted);
                } catch (TableExistsException beaten) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    SupervisorSpec spec() {
        return header.spec;
    }

    Strategy strategy() {
        if (strategy == null) {
            strategy = spec().strategy();
        }
        return strategy;
    }

    boolean simple() {
        return strategy() == Strategy.SIMPLE_ONE_FOR_ONE;
    }

    /** What the child's specification is, with what it has from its supervisor. */
    ChildSpec whole(Child child) {
        ChildSpec whole = child.whole;
        if (whole == null) {
            whole = whole(child.spec);
            child.whole = whole;
        }
        return whole;
    }

    /** The supervisor's own specification is another one from now on. */
    void respecify(SupervisorSpec spec) {
        header.spec = spec;
        saveHeader();
        byKey.values().forEach(child -> child.whole = null);
        template = null;
        strategy = null;
    }

    /**
     * The child's specification is another one from now on, and that is to be done about it.
     *
     * @throws Lost if the child is another supervisor's by now
     */
    void respecify(Child child, ChildSpec spec, Stage stage) {
        child.spec = spec;
        child.whole = null;
        change(child, stage, child.pid, child.time);
    }

    ChildSpec whole(ChildSpec given) {
        if (!simple()) {
            return spec().complete(given);
        }
        if (template == null) {
            template = spec().complete(spec().children().get(0));
        }
        return given.equals(NOTHING_MORE)
                ? template
                : spec().complete(given.over(spec().children().get(0)));
    }

    void saveHeader() {
        Tuple next = header.toRow(self.pid());
        table.insert(next);
        header.row = next;
    }

    // Looking

    @Nullable
    Child get(Object key) {
        return byKey.get(key);
    }

    @Nullable
    Child byPid(Pid pid) {
        return byPid.get(pid);
    }

    Collection<Child> all() {
        return byKey.values();
    }

    /** The last first. */
    Deque<Child> reversed() {
        Deque<Child> reversed = new ArrayDeque<>();
        byKey.values().forEach(reversed::push);
        return reversed;
    }

    int count(Stage stage) {
        return counts.getOrDefault(stage, 0);
    }

    @Nullable
    Child firstPending() {
        return pending.isEmpty() ? null : pending.first();
    }

    @Nullable
    Child lastCycling() {
        return cycling.isEmpty() ? null : cycling.last();
    }

    List<Child> pending() {
        return List.copyOf(pending);
    }

    /** All rows of the table that are children, whosever they are, the first first. */
    List<Tuple> rows() {
        return table.toList().stream()
                .filter(row -> !Header.isHeader(row))
                .sorted(Comparator.comparingLong(row -> row.getLong(ChildrenTable.PLACE)))
                .toList();
    }

    /** All rows of the table that are supervisors. */
    List<Tuple> headers() {
        return table.toList().stream().filter(Header::isHeader).toList();
    }

    @Nullable
    Tuple row(Object key) {
        return table.get(key);
    }

    // Changing

    long nextPlace() {
        // With a shared table, the order of those that others add meanwhile is nobody's concern.
        return ++lastPlace;
    }

    /** Returns false if there is a child of that key, here or with a supervisor that shares the table. */
    boolean add(Child child) {
        Tuple row = child.toRow(self.pid(), whole(child));
        if (!table.insertNew(row)) {
            return false;
        }
        child.row = row;
        remember(child);
        return true;
    }

    /** Makes a row one of this supervisor's. Returns null if somebody else was faster. */
    @Nullable
    Child take(Tuple row) {
        Child child = Child.ofRow(row);
        if (self.pid().equals(row.get(ChildrenTable.SUPERVISOR))) {
            // By a worker of this process, before this one: there may be many, and who is due waits.
            child.row = row;
            remember(child);
            return child;
        }
        return take(row, child);
    }

    /** The same, of a child that is not to be as the row says. */
    @Nullable
    Child take(Tuple row, Child child) {
        Tuple mine = child.toRow(self.pid(), whole(child));
        if (!mine.equals(row) && !table.replace(row, mine)) {
            return null;
        }
        child.row = mine;
        remember(child);
        return child;
    }

    /** @throws Lost if the child is another supervisor's by now */
    void change(Child child, Stage stage, @Nullable Pid pid) {
        change(child, stage, pid, Clock.NEVER);
    }

    /** @throws Lost if the child is another supervisor's by now */
    void change(Child child, Stage stage, @Nullable Pid pid, long time) {
        forget(child);
        child.stage = stage;
        child.pid = pid;
        child.time = time;
        write(child);
        remember(child);
    }

    /** After a change of what neither its stage nor its process is. */
    void save(Child child) {
        change(child, child.stage, child.pid, child.time);
    }

    private void write(Child child) {
        Tuple next = child.toRow(self.pid(), whole(child));
        if (!table.replace(child.row, next)) {
            byKey.remove(child.key);
            throw new Lost(child);
        }
        child.row = next;
    }

    void remove(Child child) {
        forget(child);
        byKey.remove(child.key);
        table.deleteObject(child.row);
    }

    /** Leaves a child that goes on to whoever shares the table. */
    void leave(Child child) {
        forget(child);
        byKey.remove(child.key);
        table.replace(child.row, child.toRow(null, whole(child)));
    }

    /**
     * Puts them in that order, before all others, whose places stay: no two have the same one at any moment.
     *
     * @throws Lost if one of them is another supervisor's by now
     */
    void order(List<Child> first) {
        List<Child> all = new ArrayList<>(byKey.values());
        if (all.subList(0, first.size()).equals(first)) {
            return;
        }
        long place = all.stream().mapToLong(child -> child.place).min().orElse(0);
        for (int i = first.size() - 1; i >= 0; i--) {
            Child child = first.get(i);
            forget(child);
            child.place = --place;
            write(child);
            remember(child);
        }
        byKey.clear();
        first.forEach(child -> byKey.put(child.key, child));
        all.forEach(child -> byKey.putIfAbsent(child.key, child));
    }

    /** This supervisor is done: nothing of it stays. */
    void drop() {
        if (!spec().shared()) {
            table.drop();
            return;
        }
        all().forEach(child -> table.deleteObject(child.row));
        table.delete(Header.key(spec().name()));
        if (table.size() == 0) {
            table.drop();
        }
    }

    private void remember(Child child) {
        byKey.put(child.key, child);
        lastPlace = Math.max(lastPlace, child.place);
        counts.merge(child.stage, 1, Integer::sum);
        if (child.pid != null) {
            byPid.put(child.pid, child);
        }
        if (child.stage == Stage.PENDING) {
            pending.add(child);
        } else if (child.stage == Stage.CYCLING) {
            cycling.add(child);
        }
    }

    /** But for its key, by which it keeps its position. */
    private void forget(Child child) {
        counts.merge(child.stage, -1, Integer::sum);
        if (child.pid != null) {
            byPid.remove(child.pid, child);
        }
        pending.remove(child);
        cycling.remove(child);
    }
}
