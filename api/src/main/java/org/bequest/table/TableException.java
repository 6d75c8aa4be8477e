// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** A call on a table was refused and changed nothing. The message says what was tried, by whom, and what to do instead. */
public abstract class TableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String table;

    TableException(String table, String message) {
        super(message);
        this.table = table;
    }

    /** The name of the table. */
    public final String table() {
        return table;
    }
}
