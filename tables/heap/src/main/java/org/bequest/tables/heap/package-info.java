// SPDX-License-Identifier: Apache-2.0
/** The default storage engine: tables on the Java heap. Start at {@link org.bequest.tables.heap.HeapEngine}. */
@NullMarked
package org.bequest.tables.heap;

import org.jspecify.annotations.NullMarked;
