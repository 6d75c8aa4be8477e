// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

/** The call got an error for its reply; the process lives on. */
public final class CallFailedException extends ProcessException {
    private static final long serialVersionUID = 1L;

    public CallFailedException(String message) {
        super(message);
    }
}
