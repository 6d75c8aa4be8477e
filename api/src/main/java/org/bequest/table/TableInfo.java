// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table, as of the moment of asking; {@code ets:info/1}. Everybody may ask, also for a private table.
 *
 * @param keyPosition index of the key in each row, from 0
 * @param heir null if there is none
 * @param claimed whether the table goes to escrow, and not away, when its owner ends without an heir
 * @param size number of rows
 * @param shape its columns; null if it has none
 * @param fixations who has {@linkplain Table#fix fixed} it, each as often as he has
 */
public record TableInfo(
        String name,
        TableType type,
        Access access,
        int keyPosition,
        Owner owner,
        @Nullable Heir heir,
        boolean claimed,
        long size,
        String engine,
        @Nullable Shape shape,
        List<Owner> fixations) {}
