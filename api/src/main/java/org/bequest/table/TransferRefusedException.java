// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** The table was not given away: the receiver is not alive, or owns it already. The giver keeps it. */
public final class TransferRefusedException extends TableException {
    private static final long serialVersionUID = 1L;

    public TransferRefusedException(String table, String message) {
        super(table, message);
    }
}
