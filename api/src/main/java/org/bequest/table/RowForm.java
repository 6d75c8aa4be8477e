// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.bequest.term.Tuple;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the user of a map has in place of a row, see {@link Table#asMap(RowForm)}. Called in the thread that uses the map,
 * never inside the kernel, and more than once if others write at the same time.
 */
@ConsumerType
public interface RowForm<V> {
    /** What stands for the row; never null. */
    V value(Tuple row);

    /**
     * The row for a value that somebody puts under a key. The map refuses it if its key is another.
     *
     * @param key a term
     */
    Tuple row(Object key, V value);
}
