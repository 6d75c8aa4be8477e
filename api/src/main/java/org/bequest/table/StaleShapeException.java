// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/**
 * The table has another shape by now than the handle was made {@linkplain Table#under for}. The call changed nothing: look at
 * {@link Table#shape()} again, and repeat it. A {@link org.bequest.record.RecordTable} does that by itself.
 */
public final class StaleShapeException extends TableException {
    private static final long serialVersionUID = 1L;

    public StaleShapeException(String table, String message) {
        super(table, message);
    }
}
