// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

/** A recording says something that the format does not know. Not a refusal of the table, so it must never pass for one. */
final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
