// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

/** The worker failed to start; there is no process. */
public final class StartFailedException extends ProcessException {
    private static final long serialVersionUID = 1L;

    private final transient ExitReason reason;

    public StartFailedException(String message, ExitReason reason) {
        super(message);
        this.reason = reason;
    }

    /** Why it failed. */
    public ExitReason reason() {
        return reason;
    }
}
