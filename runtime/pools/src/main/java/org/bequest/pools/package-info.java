// SPDX-License-Identifier: Apache-2.0
/** The code of pools' processes. Borrowers meet it in {@code org.bequest.pool} only. */
@NullMarked
package org.bequest.pools;

import org.jspecify.annotations.NullMarked;
