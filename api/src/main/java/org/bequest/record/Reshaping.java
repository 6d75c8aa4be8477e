// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bequest.table.Shape;
import org.bequest.table.ShapeException;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Makes a table that the caller owns follow a record; or leaves rows and shape just as they are, and says why. */
final class Reshaping<T extends Record> {
    /* How it works. What is to be done is decided from the shape alone; rows are only read, and new ones only made, in this
     * thread. The end is always one compare and set by the kernel, of the shape alone or of the shape with all rows. If the
     * shape has changed meanwhile it begins again; if only rows have, the new ones are looked at too, and it tries again.
     * Why: docs/decisions/0009-shapes-are-added-to.md
     */
    private static final int REPORT_EVERY = 10_000;
    /** How often rows may change just at the end, before it is given up. */
    private static final int TRIES = 100;

    private final Table table;
    private final RecordSpec<T> spec;
    private final int keyPosition;

    Reshaping(Table table, RecordSpec<T> spec) {
        this.table = table;
        this.spec = spec;
        this.keyPosition = table.info().keyPosition();
    }

    /**
     * Whether there is a way from that shape at all; looks at no row.
     *
     * @throws ShapeException if not
     */
    static void check(RecordSpec<?> spec, TableInfo info) {
        Shape shape = info.shape();
        if (shape != null && spec.migration() == null && info.size() > 0) {
            Evolution way = spec.evolution(shape, info.keyPosition());
            if (way.change() == Change.REFUSED) {
                throw Errors.refused(spec, shape, way.problems());
            }
        }
    }

    /** @throws ShapeException if it cannot, or a migration fails */
    void run() {
        while (!follow(table.shape())) {
            // another shape by now
        }
    }

    private boolean follow(@Nullable Shape shape) {
        if (shape == null) {
            Shape next = spec.shape(keyPosition, 0);
            return check(null, next);
        }
        Evolution way = spec.evolution(shape, keyPosition);
        if (way.change() == Change.NONE) {
            return true;
        }
        if (spec.migration() != null && (way.restructured() || way.change().compareTo(Change.FREE) > 0)) {
            return migrate(shape);
        }
        if (way.change() == Change.REFUSED) {
            if (table.reshape(shape, fresh(shape), Map.of())) {
                return true; // there is no row
            }
            if (!shape.equals(table.shape())) {
                return false;
            }
            throw Errors.refused(spec, shape, way.problems());
        }
        if (way.change() == Change.CHECKED) {
            return check(shape, way.next());
        }
        return table.reshape(shape, way.next());
    }

    private Shape fresh(Shape old) {
        return spec.shape(keyPosition, old.layout() + 1);
    }

    /** All rows stay, if each can be read as a record of the next shape. */
    private boolean check(@Nullable Shape shape, Shape next) {
        RecordCodec codec = spec.codec(next);
        return replace(
                shape,
                next,
                row -> {
                    try {
                        Errors.row(spec.name(), row, keyPosition, codec::decode);
                        return row;
                    } catch (ShapeException e) {
                        throw Errors.notRead(spec, e);
                    }
                },
                (rows, of) -> {});
    }

    private boolean migrate(Shape shape) {
        Shape next = fresh(shape);
        RecordCodec codec = spec.codec(next);
        return replace(shape, next, row -> migrated(shape, codec, row), this::report);
    }

    /** False if the table has another shape by now. */
    private boolean replace(
            @Nullable Shape shape, Shape next, UnaryOperator<Tuple> migration, RecordSpec.Progress progress) {
        Map<Tuple, Tuple> replacements = new HashMap<>();
        for (int tries = 0; tries < TRIES; tries++) {
            List<Tuple> rows = table.toList();
            if (!Objects.equals(shape, table.shape())) {
                return false;
            }
            replacements.keySet().retainAll(Set.copyOf(rows));
            for (Tuple row : rows) {
                if (!replacements.containsKey(row)) {
                    replacements.put(row, migration.apply(row));
                    progress.migrated(replacements.size(), rows.size());
                }
            }
            if (end(shape, next, replacements)) {
                return true;
            }
        }
        throw Errors.busy(spec, TRIES);
    }

    private boolean end(@Nullable Shape shape, Shape next, Map<Tuple, Tuple> migrated) {
        try {
            return table.reshape(shape, next, migrated);
        } catch (IllegalArgumentException e) {
            throw Errors.migration(spec, null, String.valueOf(e.getMessage()), e);
        }
    }

    private Tuple migrated(Shape shape, RecordCodec codec, Tuple row) {
        Object key = row.get(keyPosition);
        T record;
        try {
            record = Objects.requireNonNull(spec.migration()).apply(Named.values(shape, row));
        } catch (RuntimeException e) {
            throw Errors.migration(spec, key, "the function threw " + e, e);
        }
        if (record == null) {
            throw Errors.migration(spec, key, "the function returned null", null);
        }
        try {
            return codec.encode(record, null);
        } catch (Misfit e) {
            throw Errors.migration(spec, key, e.getMessage(), e.getCause());
        }
    }

    private void report(long rows, long of) {
        if (rows % REPORT_EVERY != 0 && rows != of) {
            return;
        }
        RecordSpec.Progress progress = spec.progress();
        if (progress != null) {
            progress.migrated(rows, of);
        } else {
            System.getLogger(Reshaping.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            () -> "Table '" + spec.name() + "': " + rows + " of " + of + " rows migrated to "
                                    + spec.record().getName());
        }
    }
}
