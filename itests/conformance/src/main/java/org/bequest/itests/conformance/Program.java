// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.jspecify.annotations.Nullable;

/**
 * A line of a recording: a table, and what was done with it.
 *
 * @param keyPosition from 0
 * @param operations not looked into yet
 */
record Program(String id, TableType type, int keyPosition, List<?> operations) {
    /** @throws MalformedException if it is the notation of none */
    static Program read(@Nullable Object json) {
        if (json instanceof Map<?, ?> fields
                && fields.get("id") instanceof String id
                && fields.get("type") instanceof String type
                && fields.get("keypos") instanceof Long position
                && fields.get("ops") instanceof List<?> operations) {
            return new Program(id, type(type), keyPosition(position), operations);
        }
        throw new MalformedException("A program needs id, type, keypos and ops");
    }

    private static TableType type(String name) {
        for (TableType type : TableType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw new MalformedException("No type of table: " + name);
    }

    private static int keyPosition(long position) {
        if (position < 1 || position > Integer.MAX_VALUE) {
            throw new MalformedException("keypos counts from 1, but is " + position);
        }
        return (int) (position - 1);
    }

    TableSpec table(String name) {
        return TableSpec.of(name).type(type).keyPosition(keyPosition);
    }
}
