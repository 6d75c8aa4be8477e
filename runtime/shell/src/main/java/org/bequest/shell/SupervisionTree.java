// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bequest.process.ProcessInfo;
import org.bequest.process.Processes;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.Table;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;

/** Supervisors and their children at one moment. Read from their tables, so that none is waited for. */
final class SupervisionTree {
    private static final String INDENT = "  ";

    /** By the process of a supervisor; the root comes first, then by name. */
    private final Map<Pid, Supervising> supervisors = new LinkedHashMap<>();

    /** @param children rows of {@link ChildrenTable}, the first first */
    record Supervising(ProcessInfo process, List<Tuple> children) {
        String name() {
            return process.names().get(0);
        }
    }

    private SupervisionTree() {}

    /** @param specs asks a supervisor of that name, if it is there; only for one that shares its table */
    static SupervisionTree of(Processes processes, Tables tables, Function<String, Optional<SupervisorSpec>> specs) {
        return of(processes.list(), (name, pid) -> {
            String own = SupervisorSpec.of(name).table();
            Optional<String> table = tables.find(own).isPresent()
                    ? Optional.of(own)
                    : specs.apply(name).map(SupervisorSpec::table);
            return table.map(tables::open).stream()
                    .flatMap(Table::stream)
                    .filter(row -> pid.equals(row.get(ChildrenTable.SUPERVISOR))
                            && !(row.get(ChildrenTable.KEY) instanceof Tuple))
                    .toList();
        });
    }

    /** Gives the children of a supervisor. */
    interface Rows {
        List<Tuple> of(String name, Pid supervisor);
    }

    static SupervisionTree of(List<ProcessInfo> processes, Rows rows) {
        SupervisionTree tree = new SupervisionTree();
        processes.stream()
                .filter(process -> process.module().equals(Supervisor.MODULE)
                        && !process.names().isEmpty())
                .map(process -> new Supervising(process, List.of()))
                .sorted(Comparator.comparing((Supervising one) -> !one.name().equals(Supervisor.ROOT))
                        .thenComparing(Supervising::name))
                .forEach(one ->
                        tree.supervisors.put(one.process.pid(), new Supervising(one.process, sorted(rows, one))));
        return tree;
    }

    private static List<Tuple> sorted(Rows rows, Supervising one) {
        return rows.of(one.name(), one.process.pid()).stream()
                .sorted(Comparator.comparing((Tuple row) -> row.getLong(ChildrenTable.PLACE)))
                .toList();
    }

    /** The root and supervisors that nobody supervises, each with all that is under it. */
    String all() {
        Columns columns = columns();
        Set<Object> children = supervisors.values().stream()
                .flatMap(one -> one.children.stream())
                .filter(row -> row.get(ChildrenTable.PID) != null)
                .map(row -> row.get(ChildrenTable.PID))
                .collect(Collectors.toCollection(HashSet::new));
        supervisors.forEach((pid, one) -> {
            if (!children.contains(pid)) {
                String status = one.process.status().name().toLowerCase(Locale.ROOT);
                columns.row(one.name(), pid, status, "-", one.process.module());
                add(columns, one, INDENT);
            }
        });
        return columns.orIfEmpty("There are no supervisors.");
    }

    /** Those of one supervisor only; empty if that is none. */
    Optional<String> childrenOf(Pid supervisor) {
        Supervising one = supervisors.get(supervisor);
        if (one == null) {
            return Optional.empty();
        }
        Columns columns = columns();
        one.children.forEach(child -> add(columns, child, ""));
        return Optional.of(columns.orIfEmpty("It has no children."));
    }

    private void add(Columns columns, Supervising supervisor, String indent) {
        for (Tuple child : supervisor.children) {
            add(columns, child, indent);
            Supervising inner = supervisors.get(child.get(ChildrenTable.PID));
            if (inner != null) {
                add(columns, inner, indent + INDENT);
            }
        }
    }

    private static void add(Columns columns, Tuple child, String indent) {
        Object pid = child.get(ChildrenTable.PID);
        List<?> modules = (List<?>) child.get(ChildrenTable.MODULES);
        columns.row(
                indent + child.get(ChildrenTable.KEY),
                pid == null ? "-" : pid,
                child.getString(ChildrenTable.STATE),
                child.getLong(ChildrenTable.RESTARTS),
                modules.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static Columns columns() {
        return new Columns("CHILD", "PID", "STATE", "RESTARTS", "MODULE");
    }
}
