// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.jspecify.annotations.Nullable;

/**
 * The columns of a table and those that somebody wants of it do not go together, or a row does not fit its columns. Nothing
 * was changed. The message names the table, the column, what is there, what is wanted, and what to do.
 */
public final class ShapeException extends TableException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String column;

    /** @param column null if it is not about one column; {@code "address.city"} is within a nested record */
    public ShapeException(String table, @Nullable String column, String message, @Nullable Throwable cause) {
        super(table, message);
        this.column = column;
        initCause(cause);
    }

    /** The name of the first column that it is about, or null. */
    public @Nullable String column() {
        return column;
    }
}
