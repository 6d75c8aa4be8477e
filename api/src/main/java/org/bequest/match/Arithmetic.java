// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import static org.bequest.match.Computation.FAILURE;

import java.math.BigInteger;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of Erlang: exact of integers, which grow beyond long where they must; of floats if there is one, and then
 * without infinity and NaN, which are failures there.
 */
final class Arithmetic {

    private Arithmetic() {}

    static @Nullable Object plus(@Nullable Object a, @Nullable Object b) {
        return isFloat(a, b) ? ofFloats(a, b, Double::sum) : ofIntegers(a, b, Math::addExact, BigInteger::add);
    }

    static @Nullable Object minus(@Nullable Object a, @Nullable Object b) {
        return isFloat(a, b)
                ? ofFloats(a, b, (x, y) -> x - y)
                : ofIntegers(a, b, Math::subtractExact, BigInteger::subtract);
    }

    static @Nullable Object times(@Nullable Object a, @Nullable Object b) {
        return isFloat(a, b)
                ? ofFloats(a, b, (x, y) -> x * y)
                : ofIntegers(a, b, Math::multiplyExact, BigInteger::multiply);
    }

    static @Nullable Object dividedBy(@Nullable Object a, @Nullable Object b) {
        return ofFloats(a, b, (x, y) -> y == 0 ? Double.NaN : x / y);
    }

    static @Nullable Object div(@Nullable Object a, @Nullable Object b) {
        return isZero(b) ? FAILURE : ofIntegers(a, b, Arithmetic::divideExact, BigInteger::divide);
    }

    static @Nullable Object rem(@Nullable Object a, @Nullable Object b) {
        return isZero(b) ? FAILURE : ofIntegers(a, b, (x, y) -> x % y, BigInteger::remainder);
    }

    static @Nullable Object abs(@Nullable Object a) {
        if (a instanceof Double d) {
            return finite(Math.abs(d));
        }
        return a instanceof Number n && isNegative(n) ? minus(0L, n) : a instanceof Number ? a : FAILURE;
    }

    /** The least long by -1 does not fit; Java 17 has no Math.divideExact. */
    private static long divideExact(long a, long b) {
        return b == -1 ? Math.negateExact(a) : a / b;
    }

    private static boolean isFloat(@Nullable Object a, @Nullable Object b) {
        return a instanceof Double || b instanceof Double;
    }

    private static boolean isZero(@Nullable Object integer) {
        return integer instanceof Long x && x == 0;
    }

    private static boolean isNegative(Number integer) {
        return integer instanceof Long x ? x < 0 : ((BigInteger) integer).signum() < 0;
    }

    private static @Nullable Object ofIntegers(
            @Nullable Object a, @Nullable Object b, LongBinaryOperator small, BinaryOperator<BigInteger> great) {
        try {
            if (a instanceof Long x && b instanceof Long y) {
                return small.applyAsLong(x, y);
            }
        } catch (ArithmeticException beyondLong) {
            // Goes on with BigInteger, rarely.
        }
        return isInteger(a) && isInteger(b) ? ofBigIntegers(big(a), big(b), great) : FAILURE;
    }

    private static @Nullable Object ofBigIntegers(BigInteger a, BigInteger b, BinaryOperator<BigInteger> operator) {
        try {
            return Terms.copyOf(operator.apply(a, b)); // a long, if it fits
        } catch (ArithmeticException beyondMemory) {
            return FAILURE;
        }
    }

    private static @Nullable Object ofFloats(@Nullable Object a, @Nullable Object b, DoubleBinaryOperator operator) {
        return a instanceof Number x && b instanceof Number y
                ? finite(operator.applyAsDouble(x.doubleValue(), y.doubleValue()))
                : FAILURE;
    }

    private static Object finite(double result) {
        return Double.isFinite(result) ? (Object) result : FAILURE;
    }

    private static boolean isInteger(@Nullable Object term) {
        return term instanceof Long || term instanceof BigInteger;
    }

    private static BigInteger big(@Nullable Object integer) {
        return integer instanceof BigInteger x ? x : BigInteger.valueOf((Long) Objects.requireNonNull(integer));
    }
}
