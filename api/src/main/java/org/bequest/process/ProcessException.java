// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

/** A call on processes failed. The message says what was tried, by whom, and what to do instead. */
public abstract class ProcessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessException(String message) {
        super(message);
    }
}
