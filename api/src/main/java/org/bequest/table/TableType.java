// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** How a table arranges its rows; the table types of ETS. */
public enum TableType {
    /** One row for a key; keys are told apart exactly, so that {@code 1} and {@code 1.0} are two keys. */
    SET,
    /** One row for a key, in the order of terms; keys are told apart by value, so that {@code 1} and {@code 1.0} are one. */
    ORDERED_SET
}
