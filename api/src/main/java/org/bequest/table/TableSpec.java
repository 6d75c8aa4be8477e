// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Objects;
import org.bequest.record.RecordSpec;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What a table is to be; the options of {@code ets:new/2}. Immutable: each method returns a changed copy.
 *
 * @param name unique in the kernel, not blank
 * @param type default {@link TableType#SET}
 * @param access default {@link Access#PROTECTED}
 * @param keyPosition index of the key in each row, from 0 (ETS's {@code keypos} counts from 1); default 0
 * @param heir who gets the table when its owner ends; default null, nobody
 * @param engine name of the storage engine; default {@value #HEAP}
 * @param shape the columns of a new table; one that is there already keeps its own. Default null: none
 */
public record TableSpec(
        String name,
        TableType type,
        Access access,
        int keyPosition,
        @Nullable Heir heir,
        String engine,
        @Nullable Shape shape) {
    /** The default engine: rows on the Java heap. */
    public static final String HEAP = "heap";

    public TableSpec {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(access, "access");
        if (name.isBlank()) {
            throw new IllegalArgumentException("A table's name must not be blank");
        }
        if (keyPosition < 0) {
            throw new IllegalArgumentException("keyPosition must not be negative, was " + keyPosition);
        }
        if (engine.isBlank()) {
            throw new IllegalArgumentException("An engine's name must not be blank");
        }
        if (shape != null && shape.at(keyPosition) == null) {
            throw new IllegalArgumentException(
                    "The key's position is that of a column, was " + keyPosition + " with " + shape);
        }
    }

    /** A table without columns. */
    public TableSpec(String name, TableType type, Access access, int keyPosition, @Nullable Heir heir, String engine) {
        this(name, type, access, keyPosition, heir, engine, null);
    }

    /** A protected set whose key is the first element of each row. */
    public static TableSpec of(String name) {
        return new TableSpec(name, TableType.SET, Access.PROTECTED, 0, null, HEAP, null);
    }

    /**
     * A protected set of records, which remembers their components as its columns. Its key is the first of them, unless
     * another is named by {@link RecordSpec#key}.
     *
     * @throws IllegalArgumentException if no columns can be made of the record's components; the message says of which
     */
    public static <T extends Record> RecordSpec<T> of(String name, Class<T> record) {
        return RecordSpec.of(name, record);
    }

    public TableSpec type(TableType type) {
        return new TableSpec(name, type, access, keyPosition, heir, engine, shape);
    }

    public TableSpec access(Access access) {
        return new TableSpec(name, type, access, keyPosition, heir, engine, shape);
    }

    public TableSpec keyPosition(int keyPosition) {
        return new TableSpec(name, type, access, keyPosition, heir, engine, shape);
    }

    /** @param gift a term, or null; see {@link Terms} */
    public TableSpec heir(Recipient to, @Nullable Object gift) {
        return new TableSpec(name, type, access, keyPosition, new Heir(to, gift), engine, shape);
    }

    public TableSpec engine(String engine) {
        return new TableSpec(name, type, access, keyPosition, heir, engine, shape);
    }

    /** @param shape null for none */
    public TableSpec shape(@Nullable Shape shape) {
        return new TableSpec(name, type, access, keyPosition, heir, engine, shape);
    }
}
