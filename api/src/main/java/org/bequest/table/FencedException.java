// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/**
 * The caller's rights have ended: its bundle has stopped, its process has ended or runs other code by now, or the table
 * has been handed on. The call changed nothing. Whoever lives on gets new handles; a thread that an old life left behind
 * gets only this.
 */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message);
    }
}
