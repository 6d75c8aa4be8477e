// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Terms of all kinds, close to each other and to the edges, so that many pairs are equal or nearly so. */
final class ArbitraryTerms {

    private static final BigInteger TWO_TO_63 = BigInteger.ONE.shiftLeft(63);
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 1, 12, 0);

    private ArbitraryTerms() {}

    static Arbitrary<Object> terms() {
        return nested(3);
    }

    private static Arbitrary<Object> nested(int depth) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<Object> inner = Arbitraries.lazy(() -> nested(depth - 1));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, leaves()),
                net.jqwik.api.Tuple.of(2, inner.list().ofMaxSize(3).map(elements -> Tuple.of(elements.toArray()))),
                net.jqwik.api.Tuple.of(2, inner.list().ofMaxSize(3).map(Terms::copyOf)),
                net.jqwik.api.Tuple.of(
                        2,
                        Arbitraries.maps(inner.filter(key -> key != null), inner)
                                .ofMaxSize(3)
                                .map(Terms::copyOf)));
    }

    static Arbitrary<Object> leaves() {
        return Arbitraries.oneOf(numbers(), strings().asGeneric(), others());
    }

    static Arbitrary<Object> numbers() {
        Arbitrary<Object> edges = Arbitraries.of(
                0L,
                0.0,
                -0.0,
                1L,
                1.0,
                1.5,
                -1L,
                -1.0,
                -1.5,
                2L,
                2.0,
                (1L << 53) - 1,
                1L << 53,
                (1L << 53) + 1,
                0x1p53,
                0x1p53 + 2,
                -(1L << 53) - 1,
                -0x1p53,
                Long.MAX_VALUE,
                Long.MAX_VALUE - 1,
                Long.MIN_VALUE,
                0x1p63,
                -0x1p63,
                Math.nextDown(0x1p63),
                Math.nextUp(0x1p63),
                Math.nextDown(-0x1p63),
                TWO_TO_63,
                TWO_TO_63.add(BigInteger.ONE),
                TWO_TO_63.negate().subtract(BigInteger.ONE),
                new BigDecimal(Double.MAX_VALUE).toBigInteger(),
                BigInteger.TEN.pow(400),
                BigInteger.TEN.pow(400).negate(),
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN);
        Arbitrary<Object> near =
                Arbitraries.longs().flatMap(i -> Arbitraries.of(i, (double) i, Math.nextUp((double) i)));
        return Arbitraries.oneOf(edges, near, Arbitraries.doubles().asGeneric());
    }

    static Arbitrary<String> strings() {
        return Arbitraries.chars()
                .with('a', 'b', '\ud7ff', '\ud83d', '\ude00', '\ude01', '\udbff', '\ue000', '\uff21', '\uffff')
                .list()
                .ofMaxSize(4)
                .map(chars -> chars.stream().map(String::valueOf).reduce("", String::concat));
    }

    private static Arbitrary<Object> others() {
        return Arbitraries.of(
                null,
                false,
                true,
                new UUID(0, 0),
                new UUID(0, -1),
                new UUID(-1, 0),
                new Pid(1, 1),
                new Pid(1, 2),
                new Pid(2, 1),
                Binary.copyOf(new byte[] {}),
                Binary.copyOf(new byte[] {1}),
                Binary.copyOf(new byte[] {-1}),
                Instant.EPOCH,
                Instant.MAX,
                NOON.toLocalDate(),
                LocalDate.MIN,
                NOON.toLocalTime(),
                LocalTime.MIDNIGHT,
                NOON,
                OffsetTime.of(12, 0, 0, 0, ZoneOffset.UTC),
                OffsetTime.of(13, 0, 0, 0, ZoneOffset.ofHours(1)),
                OffsetDateTime.of(NOON, ZoneOffset.UTC),
                OffsetDateTime.of(NOON.plusHours(1), ZoneOffset.ofHours(1)),
                ZonedDateTime.of(NOON, ZoneOffset.UTC),
                ZonedDateTime.of(NOON, ZoneId.of("UTC")),
                Duration.ZERO,
                Duration.ofNanos(-1),
                Period.ZERO,
                Period.ofMonths(12),
                Period.ofYears(1),
                Period.ofDays(365),
                Year.of(2026),
                YearMonth.of(2026, 3),
                MonthDay.of(3, 1),
                DayOfWeek.MONDAY,
                DayOfWeek.SUNDAY,
                Month.MARCH,
                Month.MAY,
                ZoneOffset.UTC,
                ZoneOffset.ofHours(1),
                ZoneId.of("Europe/Berlin"),
                ZoneId.of("UTC"));
    }
}
