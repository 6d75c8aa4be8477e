// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The laws of the two orders and of equality, over terms of all kinds. */
class OrderLawsTest {

    @Property
    void everyTermIsAsGreatAsItself(@ForAll("terms") @Nullable Object a, @ForAll Order order) {
        assertThat(order.compare(a, a)).isZero();
    }

    @Property
    void swappingTheSidesTurnsTheOrderRound(
            @ForAll("terms") @Nullable Object a, @ForAll("terms") @Nullable Object b, @ForAll Order order) {
        assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
    }

    @Property(tries = 5000)
    void orderIsTransitive(
            @ForAll("terms") @Nullable Object a,
            @ForAll("terms") @Nullable Object b,
            @ForAll("terms") @Nullable Object c,
            @ForAll Order order) {
        @Nullable Object[] sorted = {a, b, c};
        Arrays.sort(sorted, order);
        int first = order.compare(sorted[0], sorted[1]);
        int second = order.compare(sorted[1], sorted[2]);
        assertThat(first).isNotPositive();
        assertThat(second).isNotPositive();
        assertThat(Integer.signum(order.compare(sorted[0], sorted[2])))
                .isEqualTo(Math.min(Integer.signum(first), Integer.signum(second)));
    }

    @Property(tries = 5000)
    void termsCompareAsZero_exactlyWhenEqualByValue(
            @ForAll("terms") @Nullable Object a, @ForAll("terms") @Nullable Object b) {
        assertThat(Terms.compare(a, b) == 0).isEqualTo(equalByValue(a, b));
    }

    @Property(tries = 5000)
    void exactOrderAgreesWithEquals(@ForAll("terms") @Nullable Object a, @ForAll("terms") @Nullable Object b) {
        assertThat(Order.EXACT.compare(a, b) == 0).isEqualTo(Terms.equal(a, b));
    }

    @Property(tries = 5000)
    void equalTermsHaveEqualHashesAndCompareAsZero(
            @ForAll("terms") @Nullable Object a, @ForAll("terms") @Nullable Object b) {
        if (Terms.equal(a, b)) {
            assertThat(Objects.hashCode(a)).isEqualTo(Objects.hashCode(b));
            assertThat(Terms.compare(a, b)).isZero();
        }
        assertThat(Terms.equal(b, a)).isEqualTo(Terms.equal(a, b));
    }

    @Property
    void aTermIsItsOwnCopy(@ForAll("terms") @Nullable Object term) {
        assertThat(Terms.isTerm(term)).isTrue();
        assertThat(Terms.copyOf(term)).isSameAs(term);
    }

    @Property(tries = 5000)
    void numbersCompareAsBigDecimals(@ForAll("numbers") Object a, @ForAll("numbers") Object b) {
        assertThat(Integer.signum(Terms.compare(a, b))).isEqualTo(compareByBigDecimal(a, b));
    }

    @Property(tries = 5000)
    void stringsCompareAsArraysOfCodePoints(@ForAll("strings") String a, @ForAll("strings") String b) {
        int expected = Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
        assertThat(Integer.signum(Terms.compare(a, b))).isEqualTo(Integer.signum(expected));
    }

    @Provide
    Arbitrary<Object> terms() {
        return ArbitraryTerms.terms();
    }

    @Provide
    Arbitrary<Object> numbers() {
        return ArbitraryTerms.numbers();
    }

    @Provide
    Arbitrary<String> strings() {
        return ArbitraryTerms.strings();
    }

    /** What the documents say of equality by value, written down without an order. */
    private static boolean equalByValue(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number && b instanceof Number) {
            return compareByBigDecimal(a, b) == 0;
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            return equalByValue(x.toList().toArray(), y.toList().toArray());
        }
        if (a instanceof ListTerm x && b instanceof ListTerm y) {
            return equalByValue(x.toArray(), y.toArray());
        }
        if (a instanceof MapTerm x && b instanceof MapTerm y) {
            return x.keySet().equals(y.keySet())
                    && x.keySet().stream().allMatch(key -> equalByValue(x.get(key), y.get(key)));
        }
        return Objects.equals(a, b);
    }

    private static boolean equalByValue(@Nullable Object[] a, @Nullable Object[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!equalByValue(a[i], b[i])) {
                return false;
            }
        }
        return true;
    }

    private static int compareByBigDecimal(Object a, Object b) {
        int rank = Integer.compare(rank(a), rank(b));
        return rank != 0 || rank(a) != 0 ? rank : Integer.signum(decimal(a).compareTo(decimal(b)));
    }

    /** Minus infinity, finite numbers, infinity, NaN. */
    private static int rank(Object number) {
        if (!(number instanceof Double d) || Double.isFinite(d)) {
            return 0;
        }
        return d.isNaN() ? 2 : d < 0 ? -1 : 1;
    }

    private static BigDecimal decimal(Object number) {
        if (number instanceof Double d) {
            return new BigDecimal(d);
        }
        return number instanceof BigInteger big ? new BigDecimal(big) : BigDecimal.valueOf((Long) number);
    }
}
