// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import org.bequest.term.Tuple;

/** Puts a record together from what each slot says of a row. Threads: any. */
abstract class RecordReader {
    /** Throws what the constructor does, and {@link Misfit}. */
    abstract Object read(Tuple row) throws Throwable;
}
