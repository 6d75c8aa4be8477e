// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

/** The container did not get to where it can be used. The message is all that a user needs. */
final class ContainerException extends Exception {
    private static final long serialVersionUID = 1L;

    ContainerException(String message) {
        super(message);
    }
}
