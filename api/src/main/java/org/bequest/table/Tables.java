// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bequest.record.RecordSpec;
import org.bequest.record.RecordTable;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to tables, for the one who asks. As an OSGi service it knows the bundle that got it, which becomes the owner
 * of what is created and claimed through it; {@link org.bequest.process.Self#tables()} does the same for a process. It
 * stops working ({@link FencedException}) when that bundle stops or that process ends, or gets new code: ask again.
 *
 * <p>Threads: any.
 */
@ProviderType
public interface Tables {
    /**
     * Creates a table that lives as long as its owner, or as its heirs; {@code ets:new/2}.
     *
     * @throws TableExistsException if there is a table of that name
     * @throws NoEngineException if the engine is not there
     */
    Table create(TableSpec spec);

    /**
     * Gives the caller the table of that name, for good: creates it if there is none, and hands it back, rows and all, if
     * it is in escrow and was left there by the caller or is meant for him as its heir. A table that the caller owns
     * already is returned. A bundle is known by its symbolic name, a process by its module, and as heir also by its
     * registered name.
     *
     * <p>A claimed table goes to escrow when its owner ends without an heir. A table that was there already gets the access of
     * the spec, and its heir if it names one; type, key position and engine must be what they were.
     *
     * @throws TableExistsException if somebody else owns the table or left it, or if its type, key position or engine differ
     * @throws NoEngineException if the table is new and its engine is not there
     */
    Table claim(TableSpec spec);

    /**
     * A handle on the table of that name: with an owner's rights if the caller owns it just now, otherwise with those that
     * its {@link Access} leaves to others.
     *
     * @throws NoSuchTableException if there is none
     */
    Table open(String name);

    /**
     * Creates a table of records, as {@link #create(TableSpec)} does.
     */
    default <T extends Record> RecordTable<T> create(RecordSpec<T> spec) {
        return RecordTable.create(this, spec);
    }

    /**
     * Gives the caller the table of that name for its records, for good, as {@link #claim(TableSpec)} does. If the table is
     * there with other columns, they are made to follow the record; see {@link RecordSpec} for how.
     *
     * @throws ShapeException if the record's components and the table's columns do not go together, or a migration failed:
     *     then rows and columns are as they were, and a table that was in escrow is there again
     */
    default <T extends Record> RecordTable<T> claim(RecordSpec<T> spec) {
        return RecordTable.claim(this, spec);
    }

    /**
     * A view of the table of that name by records, with the rights of {@link #open(String)}. Columns are found by name; the
     * table's own columns do not change. Columns that the record does not have are left alone; a component without a column is
     * null or empty.
     *
     * @throws NoSuchTableException if there is none
     * @throws ShapeException if the table has no columns, or a component can be read from none
     */
    default <T extends Record> RecordTable<T> open(String name, Class<T> record) {
        return RecordTable.open(this, RecordSpec.of(name, record));
    }

    /** The same, with what {@link RecordSpec#otherwise} says of components that have no column. */
    default <T extends Record> RecordTable<T> open(RecordSpec<T> spec) {
        return RecordTable.open(this, spec);
    }

    /** What is known of the table of that name, whoever owns it; {@code ets:info/1}. */
    Optional<TableInfo> find(String name);

    /**
     * Creates a table from a file that {@link Table#dump} wrote, as {@link #create} does; {@code ets:file2tab/2}. The caller owns
     * it; it has no heir. All that the file says is verified before there is a table: each part and the whole by checksum,
     * the number of rows, and each row.
     *
     * @param name null for the one that it had
     * @throws DumpException if the file is damaged, or is none, or one that cannot be read here: of a later version, or with
     *     a time zone that this JVM does not know; the message says where
     * @throws IOException if there is no such file, or it cannot be read
     * @throws TableExistsException if there is a table of that name
     * @throws NoEngineException if the engine that the table had is not there
     */
    Table load(Path file, @Nullable String name) throws IOException;

    /**
     * What a file that {@link Table#dump} wrote holds, without the rows; {@code ets:tabfile_info/1}. Takes the same time for
     * every file: it verifies how the file begins, how it ends, and that it has its length. Whether the rows between are
     * sound, only {@link #load} tells.
     *
     * @throws DumpException if it is damaged there, or is none, or of a later version; the message says where
     * @throws IOException if there is no such file, or it cannot be read
     */
    DumpInfo inspect(Path file) throws IOException;

    /** All tables, by name; {@code ets:all/0} and {@code ets:info/1}. A copy. */
    List<TableInfo> list();
}
