// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

/** The process has ended, or ended before it replied. */
public final class ProcessExitedException extends ProcessException {
    private static final long serialVersionUID = 1L;

    private final transient ExitReason reason;

    public ProcessExitedException(String message, ExitReason reason) {
        super(message);
        this.reason = reason;
    }

    /** Why it ended. */
    public ExitReason reason() {
        return reason;
    }
}
