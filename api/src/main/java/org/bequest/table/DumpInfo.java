// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds that {@link Table#dump} wrote: the table as it was then. Owner and heir are not part of it. Immutable.
 *
 * @param keyPosition index of the key in each row, from 0
 * @param engine name of the storage engine that had the rows, and gets them when they are loaded
 * @param rows how many there are
 * @param shape its columns; null if it had none
 * @param written when the writing began, by the clock of the machine that wrote
 */
public record DumpInfo(
        String name,
        TableType type,
        Access access,
        int keyPosition,
        String engine,
        long rows,
        @Nullable Shape shape,
        Instant written) {
    /** Of a table without columns. */
    public DumpInfo(
            String name, TableType type, Access access, int keyPosition, String engine, long rows, Instant written) {
        this(name, type, access, keyPosition, engine, rows, null, written);
    }
}
