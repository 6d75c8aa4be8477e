// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bequest.table.Column;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.ListOf;
import org.bequest.table.ColumnType.MapOf;
import org.bequest.table.ColumnType.RecordOf;
import org.bequest.table.Shape;
import org.jspecify.annotations.Nullable;

/** The way from the shape that a table has to the one that a record wants. Touches nothing. */
final class Evolution {
    /* How it works. Each wanted column takes an old one: by an explicit renaming, else by its name, else by a name that the
     * old one had before (which is how the version before a renaming gets its column back). What takes an old column keeps
     * its position; what takes none is appended; what is not taken leaves its position behind, for good. Since a position
     * never means two things in one layout, rows of any age can be read by the newest shape. Nested records go the same way.
     */
    private final Map<String, String> renamed;
    private final List<Misfit> problems = new ArrayList<>();
    private Change change = Change.NONE;
    private boolean restructured;
    private final Shape next;

    private Evolution(Shape old, Shape wanted, Map<String, String> renamed, int keyPosition, String key) {
        this.renamed = renamed;
        this.next = shape("", old, wanted, keyPosition, false);
        Column present = next.at(keyPosition);
        if (present == null || !present.name().equals(key)) {
            Column before = old.at(keyPosition);
            refuse(key, "is the record's key, and the table's is " + (before == null ? "none" : before.name()));
        }
        if (change == Change.NONE && !next.equals(old)) {
            change = Change.FREE; // another order, other names or defaults
        }
    }

    /**
     * @param wanted as it would be if the table were new
     * @param renamed old names by new ones, as paths
     * @param keyPosition of the table
     * @param key of the record
     */
    static Evolution of(Shape old, Shape wanted, Map<String, String> renamed, int keyPosition, String key) {
        return new Evolution(old, wanted, renamed, keyPosition, key);
    }

    /** Means something only if the change is not refused. */
    Shape next() {
        return next;
    }

    Change change() {
        return change;
    }

    /** Whether columns come or go, which a migration has something to say about. */
    boolean restructured() {
        return restructured;
    }

    /** Why it is refused. */
    List<Misfit> problems() {
        return problems;
    }

    /**
     * @param path of what has that shape, with a dot at its end; empty for the table
     * @param keyPosition null for a nested one
     * @param exact whether it is within a key
     */
    private Shape shape(String path, Shape old, Shape wanted, @Nullable Integer keyPosition, boolean exact) {
        Map<Column, Column> sources = sources(path, old, wanted);
        Set<String> names = new LinkedHashSet<>();
        wanted.columns().forEach(column -> names.add(column.name()));
        restructured |= sources.size() < old.columns().size() || sources.size() < names.size();
        if (exact && (sources.size() < old.columns().size() || sources.size() < names.size())) {
            refuse(
                    path.substring(0, path.length() - 1),
                    "is a key, whose fields cannot come or go: equal keys would not be found any more");
        }
        List<Column> columns = new ArrayList<>();
        int width = old.width();
        for (Column column : wanted.columns()) {
            Column source = sources.get(column);
            boolean isKey = keyPosition != null && source != null && source.position() == keyPosition;
            columns.add(
                    source == null
                            ? added(path + column.name(), column, width++)
                            : kept(path + column.name(), source, column, names, exact || isKey));
        }
        return new Shape(columns, width, old.layout());
    }

    private Map<Column, Column> sources(String path, Shape old, Shape wanted) {
        Map<Column, Column> sources = new LinkedHashMap<>();
        for (Column column : wanted.columns()) {
            String before = renamed.get(path + column.name());
            if (before != null && named(wanted, before) == null) {
                take(sources, column, named(old, before));
            }
        }
        for (Column column : wanted.columns()) {
            take(sources, column, named(old, column.name()));
        }
        for (Column column : wanted.columns()) {
            take(sources, column, old.column(column.name()));
        }
        return sources;
    }

    private static void take(Map<Column, Column> sources, Column column, @Nullable Column source) {
        if (source != null && !sources.containsValue(source)) {
            sources.putIfAbsent(column, source);
        }
    }

    private static @Nullable Column named(Shape shape, String name) {
        Column column = shape.column(name);
        return column == null || !column.name().equals(name) ? null : column;
    }

    private Column added(String path, Column column, int position) {
        note(Change.FREE);
        if (!column.isOptional()) {
            refuse(
                    path,
                    "is new, of type " + column.type() + ", and the rows have none: say .otherwise(\"" + path
                            + "\", value), or make it Optional");
        }
        return new Column(column.name(), List.of(), column.type(), column.nullable(), column.otherwise(), position);
    }

    private Column kept(String path, Column source, Column column, Set<String> names, boolean exact) {
        ColumnType type = type(path, source.type(), column.type(), exact);
        Object otherwise = source.otherwise();
        try {
            otherwise = Fit.fit(type, otherwise);
        } catch (Misfit e) {
            refuse(path, e.getMessage() + ", its default until now");
        }
        if (otherwise == null && !column.nullable()) {
            otherwise = column.otherwise();
        }
        if (source.nullable() && !column.nullable()) {
            note(otherwise == null ? Change.CHECKED : Change.FREE);
        }
        Set<String> former = new LinkedHashSet<>(source.formerNames());
        former.add(source.name());
        former.removeAll(names);
        return new Column(column.name(), List.copyOf(former), type, column.nullable(), otherwise, source.position());
    }

    private ColumnType type(String path, ColumnType stored, ColumnType wanted, boolean exact) {
        if (stored instanceof RecordOf s && wanted instanceof RecordOf w) {
            return new RecordOf(shape(path + ".", s.fields(), w.fields(), null, exact));
        }
        if (stored instanceof ListOf s && wanted instanceof ListOf w) {
            return new ListOf(type(path, s.element(), w.element(), exact));
        }
        if (stored instanceof MapOf s && wanted instanceof MapOf w) {
            return new MapOf(type(path, s.key(), w.key(), true), type(path, s.value(), w.value(), exact));
        }
        Change step = Types.change(stored, wanted, exact);
        if (step == Change.REFUSED) {
            refuse(
                    path,
                    "is " + stored + " in the table and " + wanted + " in the record" + (exact ? ", as a key" : ""));
        }
        note(step);
        return wanted;
    }

    private void refuse(String path, String problem) {
        problems.add(new Misfit(problem).in(path));
        note(Change.REFUSED);
    }

    private void note(Change step) {
        change = change.and(step);
    }
}
