// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A number of 64 bits, without sign, for each key, in the order of the keys: of two digests that differ the lesser is that of
 * the key that is less by value. Keys of the same digest have to be compared.
 */
final class Digest {

    /* How it works. Numbers have the lower half, all other kinds of terms a sixteenth of the upper half each, in the order of
     * terms. A number is written as in floating point, with 7 bits of exponent and 55 of fraction, so integers of up to 56
     * bits and most doubles are told apart; what is smaller or greater than the exponents can say is cut. Negative ones count
     * down from the middle. Text and binaries have their first 7 bytes, a time what Moments makes of it, a tuple its size
     * and the digest of its first element, a list that of its own. Maps have only that of their kind, and are compared.
     */

    private static final long UPPER_HALF = 1L << 63;
    private static final int KIND_BITS = 4;
    private static final int REST = 63 - KIND_BITS;
    private static final long MIDDLE = 1L << 62;
    private static final int FRACTION = 55;
    private static final int LEAST_EXPONENT = -32;
    private static final int GREATEST_EXPONENT = 63;
    private static final int BYTES = Long.BYTES;

    private Digest() {}

    /** Of an element of a tuple. */
    static long of(Tuple tuple, int index) {
        if (tuple.isLong(index)) {
            return ofLong(tuple.getLong(index));
        }
        return tuple.isDouble(index) ? ofDouble(tuple.getDouble(index)) : of(tuple.get(index));
    }

    /** Of a term that may be a part of a key, and null. */
    static long of(@Nullable Object key) {
        if (key instanceof Long integer) {
            return ofLong(integer);
        }
        if (key instanceof String string) {
            return kind(8, text(string, 0) >>> Long.SIZE - REST);
        }
        if (key instanceof Double number) {
            return ofDouble(number);
        }
        if (key instanceof BigInteger integer) {
            return ofDouble(integer.doubleValue());
        }
        if (key instanceof Tuple tuple) {
            return kind(5, tuple(tuple));
        }
        if (key instanceof Boolean bool) {
            return kind(0, bool ? 1 : 0);
        }
        if (key == null) {
            return kind(1, 0);
        }
        if (key instanceof UUID uuid) {
            return kind(2, uuid.getMostSignificantBits() >>> Long.SIZE - REST);
        }
        if (key instanceof Pid pid) {
            return kind(4, (pid.node() ^ Long.MIN_VALUE) >>> Long.SIZE - REST);
        }
        if (key instanceof Map) {
            return kind(6, 0);
        }
        if (key instanceof List<?> list) {
            return kind(7, list.isEmpty() ? 0 : of(list.get(0)) >>> Long.SIZE - REST);
        }
        if (key instanceof Binary binary) {
            return kind(9, bytes(binary, 0) >>> Long.SIZE - REST);
        }
        return kind(3, Moments.digest(key));
    }

    private static long kind(int kind, long rest) {
        return UPPER_HALF | (long) kind << REST | rest;
    }

    private static long signed(boolean negative, long magnitude) {
        return negative ? MIDDLE - 1 - magnitude : MIDDLE + magnitude;
    }

    /** Of an integer without sign. */
    private static long magnitude(long integer) {
        if (integer == 0) {
            return 0;
        }
        int zeros = Long.numberOfLeadingZeros(integer);
        long fraction = integer << zeros << 1 >>> Long.SIZE - FRACTION;
        return exponent(Long.SIZE - 1 - zeros) | fraction;
    }

    private static long exponent(int exponent) {
        return (long) (exponent - LEAST_EXPONENT + 1) << FRACTION;
    }

    private static long ofLong(long integer) {
        return signed(integer < 0, magnitude(Math.abs(integer)));
    }

    private static long ofDouble(double number) {
        return signed(number < 0, magnitude(Math.abs(number)));
    }

    private static long magnitude(double number) {
        long bits = Double.doubleToLongBits(number); // which are in the order of positive doubles; NaN is greatest
        int exponent = Math.getExponent(number);
        if (exponent < LEAST_EXPONENT) {
            return bits >>> 9;
        }
        if (exponent > GREATEST_EXPONENT) {
            return exponent(GREATEST_EXPONENT + 1) + (bits - Double.doubleToLongBits(0x1p64) >>> 8);
        }
        return exponent(exponent) | bits << 12 >>> Long.SIZE - FRACTION;
    }

    /** The size of the tuple, as far as 4 bits can say, then its first element, as far as the others can. */
    private static long tuple(Tuple tuple) {
        long size = Math.min(tuple.size(), 15);
        int rest = REST - 4;
        return size << rest | (size == 0 || size == 15 ? 0 : of(tuple, 0) >>> Long.SIZE - rest);
    }

    /** The first bytes from there on. */
    static long bytes(Binary binary, int from) {
        long bytes = 0;
        int end = Math.min(binary.size(), from + BYTES);
        for (int i = from; i < end; i++) {
            bytes = bytes << 8 | binary.byteAt(i) & 0xFF;
        }
        return end <= from ? 0 : bytes << 8 * (from + BYTES - end);
    }

    /** The first bytes of the UTF-8, from that char on. */
    static long text(String string, int from) {
        long bytes = 0;
        int room = BYTES;
        for (int i = from; i < string.length() && room > 0; i++) {
            char c = string.charAt(i);
            if (c >= Character.MIN_SURROGATE) {
                // Greater than all before; those beyond are not told apart.
                return (bytes << 8 | 0xFF) << 8 * (room - 1);
            }
            int length = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            int fit = Math.min(length, room);
            bytes = bytes << 8 * fit | utf8(c, length) >>> 8 * (length - fit);
            room -= fit;
        }
        return room == BYTES ? 0 : bytes << 8 * room;
    }

    private static long utf8(char c, int length) {
        return switch (length) {
            case 1 -> c;
            case 2 -> 0xC080 | (c >> 6) << 8 | c & 0x3F;
            default -> 0xE08080 | (c >> 12) << 16 | (c >> 6 & 0x3F) << 8 | c & 0x3F;
        };
    }
}
