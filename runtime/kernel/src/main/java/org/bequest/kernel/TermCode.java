// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The first byte of each encoded term. The position in this list is what is written, so what has been released never
 * moves: new codes go to the end.
 */
enum TermCode {
    NULL,
    FALSE,
    TRUE,
    /** Within the range of long. */
    INTEGER,
    BIG_INTEGER,
    FLOAT,
    STRING,
    /** A string that UTF-8 cannot carry, since it holds half of a surrogate pair. */
    BROKEN_STRING,
    BINARY,
    UUID,
    PID,
    TUPLE,
    LIST,
    MAP,
    INSTANT,
    LOCAL_DATE,
    LOCAL_TIME,
    LOCAL_DATE_TIME,
    OFFSET_TIME,
    OFFSET_DATE_TIME,
    ZONED_DATE_TIME,
    DURATION,
    PERIOD,
    YEAR,
    YEAR_MONTH,
    MONTH_DAY,
    DAY_OF_WEEK,
    MONTH,
    ZONE_OFFSET,
    ZONE_REGION;

    private static final TermCode[] CODES = values();

    /** Returns null if no term begins with that byte. */
    static @Nullable TermCode of(byte code) {
        return code >= 0 && code < CODES.length ? CODES[code] : null;
    }
}
