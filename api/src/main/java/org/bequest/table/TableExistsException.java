// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** The name is taken: by a table of somebody else, or by one of another kind. */
public final class TableExistsException extends TableException {
    private static final long serialVersionUID = 1L;

    public TableExistsException(String table, String message) {
        super(table, message);
    }
}
