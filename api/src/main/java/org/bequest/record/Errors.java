// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bequest.table.Shape;
import org.bequest.table.ShapeException;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What is said when record and table do not fit. */
final class Errors {
    private static final int SHOWN = 120;

    private Errors() {}

    /** Reads a row. */
    static @Nullable Object row(String table, Tuple row, int keyPosition, Function<Tuple, @Nullable Object> decoding) {
        try {
            return decoding.apply(row);
        } catch (Misfit e) {
            throw row(table, keyPosition < row.size() ? row.get(keyPosition) : null, e);
        }
    }

    static ShapeException row(String table, @Nullable Object key, Misfit e) {
        return exception(
                table,
                e,
                "Row with key " + text(key) + " of table '" + table + "' does not fit: " + e.getMessage() + ".");
    }

    static ShapeException record(String table, Class<?> record, @Nullable Object key, Misfit e) {
        return exception(
                table,
                e,
                "No row of table '" + table + "' can be made of the " + record.getName() + " with key " + text(key)
                        + ": " + e.getMessage() + ".");
    }

    static ShapeException key(String table, Object key, Misfit e) {
        return exception(table, e, text(key) + " can be no key of table '" + table + "': " + e.getMessage() + ".");
    }

    static ShapeException view(String table, Class<?> record, Shape shape, Misfit e) {
        return exception(
                table,
                e,
                "Table '" + table + "' cannot be read as " + record.getName() + ": " + e.getMessage()
                        + ". Its columns are " + shape
                        + ". Say .otherwise(…) for what has no column, or read it by a record"
                        + " of other components.");
    }

    static ShapeException noShape(String table) {
        return new ShapeException(
                table,
                null,
                "Table '" + table + "' has no columns, so it cannot be read by records. Its owner gives it some when it"
                        + " claims or creates it with a record.",
                null);
    }

    static ShapeException refused(RecordSpec<?> spec, Shape shape, List<Misfit> problems) {
        return new ShapeException(
                spec.name(),
                problems.get(0).path(),
                "Table '" + spec.name() + "' cannot follow record "
                        + spec.record().getName() + ": "
                        + problems.stream().map(Misfit::getMessage).collect(Collectors.joining("; "))
                        + ". Nothing was changed; its columns are " + shape
                        + ". Give the record's component the old type or another name, or say with .migrate(…) how rows"
                        + " become records.",
                null);
    }

    static ShapeException notRead(RecordSpec<?> spec, ShapeException e) {
        return new ShapeException(
                spec.name(),
                e.column(),
                e.getMessage() + " So the table cannot follow record "
                        + spec.record().getName()
                        + "; nothing was changed. Correct the row, or say with .migrate(…) how"
                        + " rows become records.",
                e.getCause());
    }

    static ShapeException migration(
            RecordSpec<?> spec, @Nullable Object key, String problem, @Nullable Throwable cause) {
        return new ShapeException(
                spec.name(),
                null,
                "The migration of table '" + spec.name() + "' to record "
                        + spec.record().getName() + " failed" + (key == null ? "" : " at the row with key " + text(key))
                        + ": " + problem
                        + ". Nothing was changed. Correct the function, or the row, and claim the table again.",
                cause);
    }

    static ShapeException busy(RecordSpec<?> spec, int tries) {
        return new ShapeException(
                spec.name(),
                null,
                "Table '" + spec.name() + "' cannot follow record "
                        + spec.record().getName()
                        + " just now: it is written too busily. Others changed its rows faster than"
                        + " they were looked at, " + tries
                        + " times over. Nothing was changed. Make the table protected, or"
                        + " pause those who write it, and claim it again.",
                null);
    }

    private static ShapeException exception(String table, Misfit e, String message) {
        return new ShapeException(table, e.path().isEmpty() ? null : e.path(), message, e.getCause());
    }

    /** A record's own method is not asked: it may fail, and what it is made of may keep the plugin's class. */
    static String text(@Nullable Object value) {
        if (value instanceof Record) {
            return value.getClass().getName();
        }
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException e) { // a record's own, on the way to say something else
            text = String.valueOf(value == null ? null : value.getClass().getName());
        }
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }
}
