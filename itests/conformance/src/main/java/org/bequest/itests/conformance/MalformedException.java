// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

/** A recording says something that the format does not know. Not a refusal of what is tested, so it must never pass for one. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
