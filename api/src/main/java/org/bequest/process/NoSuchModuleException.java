// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

/** No bundle offers the module just now. */
public final class NoSuchModuleException extends ProcessException {
    private static final long serialVersionUID = 1L;

    public NoSuchModuleException(String message) {
        super(message);
    }
}
