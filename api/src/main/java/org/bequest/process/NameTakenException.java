// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

/** Another process is registered under the name. */
public final class NameTakenException extends ProcessException {
    private static final long serialVersionUID = 1L;

    public NameTakenException(String message) {
        super(message);
    }
}
