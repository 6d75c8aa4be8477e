// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The kinds of terms, declared in term order. */
enum Kind {
    NUMBER,
    BOOLEAN,
    NULL,
    UUID,
    TIME,
    PID,
    TUPLE,
    MAP,
    LIST,
    STRING,
    BINARY,
    /** Not a term. */
    NONE;

    static Kind of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Long || value instanceof Double) {
            return NUMBER;
        }
        if (value instanceof String) {
            return STRING;
        }
        if (value instanceof Tuple) {
            return TUPLE;
        }
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        if (value instanceof Pid) {
            return PID;
        }
        if (value instanceof ListTerm) {
            return LIST;
        }
        if (value instanceof MapTerm) {
            return MAP;
        }
        if (value instanceof Binary) {
            return BINARY;
        }
        if (value instanceof java.util.UUID) {
            return UUID;
        }
        if (Time.isTime(value)) {
            return TIME;
        }
        return isBigInteger(value) ? NUMBER : NONE;
    }

    /** Of that very class, since it could be extended, and beyond long, so that no integer has two terms. */
    private static boolean isBigInteger(Object value) {
        return value.getClass() == BigInteger.class && ((BigInteger) value).bitLength() >= Long.SIZE;
    }
}
