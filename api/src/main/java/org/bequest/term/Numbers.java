// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The two orders of numbers. Integers are Long, or BigInteger if no long can hold them; floats are Double. */
final class Numbers {

    private static final double TWO_TO_63 = 0x1p63;

    private Numbers() {}

    /** By mathematical value; NaN is greatest. */
    static int compare(Object a, Object b) {
        if (a instanceof Double x) {
            return b instanceof Double y ? compareFloats(x, y) : -compareToFloat(b, x);
        }
        return b instanceof Double y ? compareToFloat(a, y) : compareIntegers(a, b);
    }

    /** Every integer before every float, and -0.0 before 0.0: zero if, and only if, they are equal exactly. */
    static int compareExactly(Object a, Object b) {
        if (a instanceof Double x) {
            return b instanceof Double y ? x.compareTo(y) : 1;
        }
        return b instanceof Double ? -1 : compareIntegers(a, b);
    }

    /** By value, as {@link #compare}. */
    static int compareFloats(double a, double b) {
        // Double.compare knows NaN, but tells -0.0 from 0.0.
        return a == b ? 0 : Double.compare(a, b);
    }

    private static int compareIntegers(Object a, Object b) {
        if (a instanceof Long x) {
            return b instanceof Long y ? Long.compare(x, y) : -((BigInteger) b).signum();
        }
        return b instanceof Long ? ((BigInteger) a).signum() : ((BigInteger) a).compareTo((BigInteger) b);
    }

    private static int compareToFloat(Object integer, double d) {
        return integer instanceof Long i ? compareToFloat((long) i, d) : compareToFloat((BigInteger) integer, d);
    }

    /** Turns the float into an integer, never the integer into a float, which would round it. */
    private static int compareToFloat(long i, double d) {
        if (d < -TWO_TO_63) {
            return 1;
        }
        if (!(d < TWO_TO_63)) { // or NaN
            return -1;
        }
        long whole = (long) d;
        return i != whole ? Long.compare(i, whole) : compareFloats(whole, d);
    }

    private static int compareToFloat(BigInteger i, double d) {
        if (Double.isNaN(d) || Double.isInfinite(d)) {
            return d < 0 ? 1 : -1;
        }
        if (Math.abs(d) < TWO_TO_63) {
            return i.signum();
        }
        return i.compareTo(new BigDecimal(d).toBigInteger()); // floats as great as these are whole
    }
}
