// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** There is no table of that name, or it is gone. */
public final class NoSuchTableException extends TableException {
    private static final long serialVersionUID = 1L;

    public NoSuchTableException(String table, String message) {
        super(table, message);
    }
}
