// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** The storage engine that the table asks for is not there. */
public final class NoEngineException extends TableException {
    private static final long serialVersionUID = 1L;

    public NoEngineException(String table, String message) {
        super(table, message);
    }
}
