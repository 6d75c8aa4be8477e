// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

/** A child fails as it should. Without a stack trace, which would say nothing and is logged. */
final class ScriptedException extends Exception {
    private static final long serialVersionUID = 1L;

    ScriptedException(String message) {
        super(message, null, false, false);
    }
}
