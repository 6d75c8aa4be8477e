// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.greeting;

/** Thrown at nobody. */
public final class RudeException extends Exception {
    private static final long serialVersionUID = 1L;

    public RudeException(String message) {
        super(message);
    }
}
