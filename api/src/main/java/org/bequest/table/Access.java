// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** Who but the owner may use a table's rows; checked at every call. The protections of ETS. */
public enum Access {
    /** Only the owner reads and writes. */
    PRIVATE,
    /** Everybody reads, only the owner writes. The default. */
    PROTECTED,
    /** Everybody reads and writes. */
    PUBLIC
}
