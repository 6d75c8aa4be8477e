// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.table.Recipient;
import org.jspecify.annotations.Nullable;

/** Finds whom a table is for, at this moment. */
interface Directory {
    /** Null if there is nobody. Takes no lock that is held while the ledger's is wanted. */
    @Nullable
    Life find(Recipient recipient);
}
