// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** How a table arranges its rows; the table types of ETS. */
public enum TableType {
    /** One row for a key; keys are told apart exactly, so that {@code 1} and {@code 1.0} are two keys. */
    SET,
    /** One row for a key, in the order of terms; keys are told apart by value, so that {@code 1} and {@code 1.0} are one. */
    ORDERED_SET,
    /** Any number of rows for a key, each once; keys are told apart exactly. */
    BAG,
    /** Any number of rows for a key, each any number of times; keys are told apart exactly. */
    DUPLICATE_BAG;

    /** Whether there is at most one row for a key. */
    public boolean isSet() {
        return this == SET || this == ORDERED_SET;
    }
}
