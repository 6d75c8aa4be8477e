// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import static org.bequest.match.MatchSyntax.row;
import static org.bequest.match.MatchSyntax.rows;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.bequest.match.Clause;
import org.bequest.match.Expression;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.table.Table;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;

/**
 * The children in a table of supervisors, read without a message, so that nobody waits for one that is busy, and so that
 * the answer is there while it is replaced; Director's reads of a table, such as {@code director:get_pid}. What is read may have
 * changed by the time it is used.
 *
 * <p>The table ({@link SupervisorSpec#table}) is protected or public. A row is a child. Its key is the child's id, a string;
 * under simple-one-for-one it is a number. Rows whose key is a tuple are the supervisors' own. The elements of a child's row
 * are at the positions that are constants here; what is after them are the supervisors' own, too.
 *
 * <p>Threads: any. Failure: {@link org.bequest.table.NoSuchTableException} as long as there is no such table, {@link
 * org.bequest.table.FencedException} once the tables' holder has ended.
 */
public final class ChildrenTable {
    /** The child's id, or its number under simple-one-for-one; never null. */
    public static final int KEY = 0;
    /** The {@link Pid} of the process that the child has; null if none. */
    public static final int PID = 1;
    /** Name of its {@link State}, in lower case. */
    public static final int STATE = 2;
    /** The {@link Pid} of the supervisor that it belongs to; null if that one has ended. */
    public static final int SUPERVISOR = 3;
    /** {@link ChildInfo#restarts}, an integer. */
    public static final int RESTARTS = 4;
    /** An integer; the children were started in the order of theirs. */
    public static final int PLACE = 5;
    /** Name of its {@link ChildType}, in lower case. */
    public static final int TYPE = 6;
    /** {@link ChildInfo#modules}, a list of strings. */
    public static final int MODULES = 7;

    private static final Expression ID = row().element(KEY);
    private static final Clause CHILDREN = rows().where(ID.isTuple().not());
    private static final Clause RUNNING = CHILDREN.where(
            row().element(STATE).exactly(name(State.RUNNING)),
            row().element(PID).isPid());

    private final Tables tables;
    private final String table;

    private ChildrenTable(Tables tables, String table) {
        this.tables = tables;
        this.table = table;
    }

    /**
     * Reads nothing yet: the table need not be there.
     *
     * @param table see {@link SupervisorSpec#table}
     */
    public static ChildrenTable of(Tables tables, String table) {
        return new ChildrenTable(tables, table);
    }

    /** The process of the child of that id; empty if it does not run, or if there is none. */
    public Optional<Pid> pid(String id) {
        Tuple child = table().get(id);
        return child != null && state(child) == State.RUNNING
                ? Optional.ofNullable((Pid) child.get(PID))
                : Optional.empty();
    }

    /** Whether there is a child of that id, running or not. */
    public boolean has(String id) {
        return table().member(id);
    }

    /** The running children that have an id, with their processes. */
    public Map<String, Pid> pids() {
        Map<String, Pid> pids = new HashMap<>();
        for (Object child : table().select(RUNNING.where(ID.isString()))) {
            pids.put((String) key((Tuple) child), pid((Tuple) child).orElseThrow());
        }
        return Map.copyOf(pids);
    }

    /** A running child, each as likely as the other; empty if there is none. Looks at all of them. */
    public Optional<Pid> anyPid() {
        List<Pid> running = running();
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(running.get(ThreadLocalRandom.current().nextInt(running.size())));
    }

    /** The processes of all running children, in no order. */
    public List<Pid> running() {
        return table().select(RUNNING.select(row().element(PID))).stream()
                .map(Pid.class::cast)
                .toList();
    }

    /**
     * Counts all children in the table, of whatever supervisor. Those of one simple-one-for-one supervisor have one
     * specification between them; it is not counted when there are none of them.
     */
    public ChildCount count() {
        List<Tuple> children = rowsOf(CHILDREN);
        long specs = children.stream()
                .map(child -> key(child) instanceof String id ? id : child.get(SUPERVISOR))
                .distinct()
                .count();
        long active = children.stream().filter(child -> pid(child).isPresent()).count();
        long supervisors = children.stream()
                .filter(child -> type(child) == ChildType.SUPERVISOR)
                .count();
        return new ChildCount((int) specs, (int) active, (int) supervisors, children.size() - (int) supervisors);
    }

    /** All children in the table, of whatever supervisor, the last first. */
    public List<ChildInfo> children() {
        // A child that was deleted and added while the rows were read may have been met twice.
        Map<Object, Tuple> children = new HashMap<>();
        rowsOf(CHILDREN).forEach(child -> children.put(key(child), child));
        return children.values().stream()
                .sorted(Comparator.comparing((Tuple child) -> (Long) element(child, PLACE))
                        .reversed())
                .map(ChildrenTable::info)
                .toList();
    }

    private Table table() {
        return tables.open(table);
    }

    private List<Tuple> rowsOf(Clause spec) {
        return table().select(spec).stream().map(Tuple.class::cast).toList();
    }

    private static ChildInfo info(Tuple child) {
        return new ChildInfo(
                key(child) instanceof String id ? id : null,
                pid(child).orElse(null),
                state(child),
                type(child),
                ((List<?>) element(child, MODULES))
                        .stream().map(String.class::cast).toList(),
                (Long) element(child, RESTARTS));
    }

    private static Object key(Tuple child) {
        return element(child, KEY);
    }

    private static Optional<Pid> pid(Tuple child) {
        return Optional.ofNullable((Pid) child.get(PID));
    }

    private static State state(Tuple child) {
        return State.valueOf(element(child, STATE).toString().toUpperCase(Locale.ROOT));
    }

    private static ChildType type(Tuple child) {
        return ChildType.valueOf(element(child, TYPE).toString().toUpperCase(Locale.ROOT));
    }

    private static Object element(Tuple child, int position) {
        return Objects.requireNonNull(child.get(position));
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
