// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

/** What it takes to go from one type or shape to another, from the least to the most. */
enum Change {
    NONE,
    /** Every row that can be read as the one can be read as the other. */
    FREE,
    /** Some rows can be read as the other, and some perhaps not: they are to be looked at. */
    CHECKED,
    /** No row is expected to be readable. */
    REFUSED;

    Change and(Change other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
