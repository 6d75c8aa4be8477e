// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

/** There was no reply in time. The request may have been handled, or may still be. */
public final class CallTimeoutException extends ProcessException {
    private static final long serialVersionUID = 1L;

    public CallTimeoutException(String message) {
        super(message);
    }
}
