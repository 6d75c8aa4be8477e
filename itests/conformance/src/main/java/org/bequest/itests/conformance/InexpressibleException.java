// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

/**
 * What the types of the API leave no way to say, such as to insert a number in place of a row. Java refuses it before it runs,
 * which is a refusal like those of the table itself.
 */
final class InexpressibleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InexpressibleException(String message) {
        super(message);
    }
}
