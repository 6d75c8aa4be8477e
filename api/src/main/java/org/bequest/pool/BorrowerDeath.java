// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

/** What becomes of a worker whose borrower has ended. */
public enum BorrowerDeath {
    /** It is lent again, as it is; what poolboy does. */
    RETURN,
    /** It is replaced, since nobody knows what it was in the middle of. */
    DISCARD
}
