// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.bequest.table.Access;
import org.bequest.table.Recipient;
import org.bequest.table.Shape;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.jspecify.annotations.Nullable;

/**
 * What a table of records is to be, and how its rows follow when the record is another one than last time. Immutable: each
 * method returns a changed copy. It holds the record's class: do not keep it longer than your bundle runs.
 *
 * <pre>{@code
 * TableSpec.of("shows", Show.class).key("title").otherwise("rating", 0.0)
 * }</pre>
 *
 * <h2>When the record has changed</h2>
 * {@link org.bequest.table.Tables#claim(RecordSpec)} compares the components with the table's columns, by name. These changes
 * touch no row, whatever their number, and stop no reader:
 *
 * <ul>
 *   <li><b>Added:</b> a component that can be null, or an {@code Optional}, is that in the old rows; any other needs
 *       {@link #otherwise}.
 *   <li><b>Dropped, reordered:</b> nothing to do. What was dropped cannot be read any more; if the name comes back, it is a new
 *       column.
 *   <li><b>Renamed:</b> {@link #renamed}. The column remembers its former names: the version before finds it again when it
 *       comes back, and so do views of other bundles.
 *   <li><b>Widened:</b> to an integer type of more bits, from {@code float} to {@code double}, from integers to a floating type
 *       that has them all, an enum with more constants, from an enum to {@code String}, from anything without records to
 *       {@code Object}.
 * </ul>
 *
 * <p>The opposite of widening, and that a component can no longer be null, are <b>checked</b>: every row is read once as the new
 * record, and the change is refused if one does not fit. So the version before can come back. Nested records follow the same
 * rules; their components are named by paths such as {@code "address.city"}. Within a key nothing may come or go.
 *
 * <p>Everything else is refused with a {@link org.bequest.table.ShapeException} before anything is touched, unless there is a
 * {@link #migrate migration}, or no row.
 *
 * @param <T> the record
 */
public final class RecordSpec<T extends Record> {
    /** Hears how far a migration is. Called in the thread that claims. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param rows how many are done
         * @param of how many there were when it began
         */
        void migrated(long rows, long of);
    }

    private final Class<T> record;
    private final RecordMapping mapping;
    private final TableSpec table;
    private final String key;
    private final Map<String, Object> otherwise;
    private final Map<String, String> renamed;
    private final @Nullable Function<? super Map<String, @Nullable Object>, ? extends T> migration;
    private final @Nullable Progress progress;

    private RecordSpec(
            Class<T> record,
            RecordMapping mapping,
            TableSpec table,
            String key,
            Map<String, Object> otherwise,
            Map<String, String> renamed,
            @Nullable Function<? super Map<String, @Nullable Object>, ? extends T> migration,
            @Nullable Progress progress) {
        this.record = record;
        this.mapping = mapping;
        this.table = table;
        this.key = key;
        this.otherwise = otherwise;
        this.renamed = renamed;
        this.migration = migration;
        this.progress = progress;
    }

    /** The same as {@link TableSpec#of(String, Class)}. */
    public static <T extends Record> RecordSpec<T> of(String table, Class<T> record) {
        RecordMapping mapping = Mappings.of(record);
        if (mapping.components.isEmpty()) {
            throw new IllegalArgumentException(
                    "Record " + record.getName() + " has no components; a row of table '" + table + "' needs a key");
        }
        String key = mapping.components.get(0).name();
        return new RecordSpec<>(record, mapping, TableSpec.of(table), key, Map.of(), Map.of(), null, null);
    }

    /** The component that is the key; default the first. It may be a record, for a key of several parts, but never null. */
    public RecordSpec<T> key(String component) {
        requireComponent(component);
        return new RecordSpec<>(record, mapping, table, component, otherwise, renamed, migration, progress);
    }

    /** Default {@link TableType#SET}. */
    public RecordSpec<T> type(TableType type) {
        return table(table.type(type));
    }

    /** Default {@link Access#PROTECTED}. */
    public RecordSpec<T> access(Access access) {
        return table(table.access(access));
    }

    /** Who gets the table when its owner ends; default nobody. {@code gift} is a term, or null. */
    public RecordSpec<T> heir(Recipient to, @Nullable Object gift) {
        return table(table.heir(to, gift));
    }

    /** Default {@value TableSpec#HEAP}. */
    public RecordSpec<T> engine(String engine) {
        return table(table.engine(engine));
    }

    private RecordSpec<T> table(TableSpec table) {
        return new RecordSpec<>(record, mapping, table, key, otherwise, renamed, migration, progress);
    }

    /**
     * What a component is in rows that have no element for it. The table remembers it with the column, and views that do not know
     * the column write it. Once the rows have read so, another value here changes nothing for them.
     *
     * @param component a name, or a path into nested records
     * @param value of the component's type; not null
     * @throws IllegalArgumentException if there is no such component, or the value does not fit it
     */
    public RecordSpec<T> otherwise(String component, Object value) {
        Map<String, Object> more = new HashMap<>(otherwise);
        if (more.put(component, Objects.requireNonNull(value, "value")) != null) {
            throw new IllegalArgumentException("otherwise(\"" + component + "\", …) was said before");
        }
        requireComponent(component);
        RecordSpec<T> changed =
                new RecordSpec<>(record, mapping, table, key, Map.copyOf(more), renamed, migration, progress);
        try {
            changed.shape(0, 0);
        } catch (Misfit e) {
            throw new IllegalArgumentException(
                    "otherwise(\"" + component + "\", " + value + ") of record " + record.getName() + ": "
                            + e.getMessage(),
                    e);
        }
        return changed;
    }

    /**
     * Says that a component has taken the place of a column.
     *
     * @param column the name it had, without a path
     * @param component its name now; a path if it is in a nested record
     * @throws IllegalArgumentException if there is no such component
     */
    public RecordSpec<T> renamed(String column, String component) {
        requireComponent(component);
        Map<String, String> more = new HashMap<>(renamed);
        more.put(component, column);
        return new RecordSpec<>(record, mapping, table, key, otherwise, Map.copyOf(more), migration, progress);
    }

    /**
     * How a row of other columns becomes a record, where the rules above are not enough. If there is such a function, it is called
     * for every row when columns come or go, are narrowed, or change in a way that would be refused. It is given the values by the
     * table's names of columns, as terms; a nested record is a map likewise.
     *
     * <p>It runs in the thread that claims, row by row, before anything is changed; readers see the old rows until all of the new
     * ones are there, at one moment. If it throws, or returns null or what does not fit, nothing has changed. It may be called
     * again for rows that change meanwhile. For a time, the rows take twice their memory.
     */
    public RecordSpec<T> migrate(Function<? super Map<String, @Nullable Object>, ? extends T> function) {
        return new RecordSpec<>(record, mapping, table, key, otherwise, renamed, function, progress);
    }

    /** Who hears of a migration, every 10,000 rows and at its end; default the log. */
    public RecordSpec<T> progress(Progress progress) {
        return new RecordSpec<>(record, mapping, table, key, otherwise, renamed, migration, progress);
    }

    /** The table that is made for the record if there is none, with its shape; the key's position is that of its component. */
    public TableSpec table() {
        int keyPosition = 0;
        while (!mapping.components.get(keyPosition).name().equals(key)) {
            keyPosition++;
        }
        return table.keyPosition(keyPosition).shape(shape(keyPosition, 0));
    }

    String name() {
        return table.name();
    }

    Class<T> record() {
        return record;
    }

    String key() {
        return key;
    }

    @Nullable
    Function<? super Map<String, @Nullable Object>, ? extends T> migration() {
        return migration;
    }

    @Nullable
    Progress progress() {
        return progress;
    }

    Shape shape(int keyPosition, int layout) {
        return mapping.shape(otherwise, key, keyPosition, layout);
    }

    Evolution evolution(Shape old, int keyPosition) {
        return Evolution.of(old, shape(keyPosition, 0), renamed, keyPosition, key);
    }

    RecordCodec codec(Shape shape) {
        return new RecordCodec(mapping, shape, otherwise);
    }

    private void requireComponent(String path) {
        if (!mapping.has(path)) {
            throw new IllegalArgumentException("Record " + record.getName() + " has no component '" + path + "'");
        }
    }

    @Override
    public String toString() {
        return table.name() + " of " + record.getName() + " by " + key;
    }
}
