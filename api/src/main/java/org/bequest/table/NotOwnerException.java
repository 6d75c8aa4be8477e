// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** Only the owner of the table may do that. */
public final class NotOwnerException extends TableException {
    private static final long serialVersionUID = 1L;

    public NotOwnerException(String table, String message) {
        super(table, message);
    }
}
