// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order as the documents tell it, and as Erlang keeps it for the types shared with it. */
class TermOrderTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 1, 12, 0);

    /** Each less than all that follow. */
    private static final List<@Nullable Object> ASCENDING = terms(
            Double.NEGATIVE_INFINITY,
            BigInteger.TEN.pow(30).negate(),
            Long.MIN_VALUE,
            -1,
            0,
            0.5,
            1,
            9007199254740992.0,
            9007199254740993L,
            Long.MAX_VALUE,
            0x1p63,
            BigInteger.ONE.shiftLeft(63).add(BigInteger.ONE),
            Double.MAX_VALUE,
            BigInteger.TEN.pow(400),
            Double.POSITIVE_INFINITY,
            Double.NaN,
            false,
            true,
            null,
            new UUID(0, 1),
            new UUID(Long.MAX_VALUE, 0),
            new UUID(Long.MIN_VALUE, 0),
            new UUID(Long.MIN_VALUE, Long.MIN_VALUE),
            Instant.MAX,
            LocalDate.MIN,
            LocalDate.MAX,
            LocalTime.MIN,
            NOON,
            OffsetTime.MIN,
            OffsetDateTime.of(NOON, ZoneOffset.UTC),
            ZonedDateTime.of(NOON, ZoneOffset.UTC),
            Duration.ZERO,
            Period.ofDays(1000),
            Period.ofMonths(1),
            Period.of(0, 1, 1),
            Period.ofYears(1),
            Year.of(1),
            YearMonth.of(1, 1),
            MonthDay.of(1, 1),
            DayOfWeek.MONDAY,
            DayOfWeek.TUESDAY,
            Month.JANUARY,
            ZoneOffset.ofHours(2),
            ZoneId.of("Europe/Berlin"),
            ZoneOffset.UTC,
            new Pid(1, 9),
            new Pid(2, 8),
            new Pid(2, 9),
            Tuple.of(),
            Tuple.of("z"),
            Tuple.of(1, 1),
            Tuple.of(1.0, 2),
            Tuple.of(1, "a"),
            Map.of(),
            Map.of("z", 1),
            Map.of(2, 0, 1.0, 0),
            Map.of(2.0, 0, 1.0, 0),
            List.of(),
            List.of(1),
            List.of(1.0, 0),
            List.of(2),
            List.of(List.of()),
            "",
            "a",
            "a\0",
            "b",
            "\uFF21",
            "\uD83D\uDE00",
            new byte[] {},
            new byte[] {0},
            new byte[] {0, 0},
            new byte[] {127},
            new byte[] {-128});

    private static List<@Nullable Object> terms(@Nullable Object... values) {
        return Arrays.stream(values).<@Nullable Object>map(Terms::copyOf).toList();
    }

    @Test
    void termsCompareAsTheyAreListed() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                Object a = ASCENDING.get(i);
                Object b = ASCENDING.get(j);
                assertThat(Integer.signum(Terms.compare(a, b)))
                        .as("%s against %s", a, b)
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void sortingRestoresTheOrder() {
        List<@Nullable Object> shuffled = new ArrayList<>(ASCENDING);
        Collections.reverse(shuffled);
        shuffled.sort(Terms.ORDER);
        assertThat(shuffled).isEqualTo(ASCENDING);
    }

    @Test
    void integersAndFloatsOfOneValueAreEqualByValueOnly() {
        assertEqualByValueOnly(1, 1.0);
        assertEqualByValueOnly(0.0, -0.0);
        assertEqualByValueOnly(0, -0.0);
        assertEqualByValueOnly(BigInteger.ONE.shiftLeft(63), 0x1p63);
        assertEqualByValueOnly(Tuple.of(1, "a"), Tuple.of(1.0, "a"));
        assertEqualByValueOnly(List.of(1), List.of(1.0));
        assertEqualByValueOnly(Map.of(1, 1), Map.of(1, 1.0));
    }

    private static void assertEqualByValueOnly(Object one, Object other) {
        Object a = Terms.keyOf(one);
        Object b = Terms.keyOf(other);
        assertThat(Terms.compare(a, b)).as("%s == %s", a, b).isZero();
        assertThat(Terms.equal(a, b)).as("%s =:= %s", a, b).isFalse();
        assertThat(Order.EXACT.compare(a, b)).as("%s exactly against %s", a, b).isNotZero();
    }

    @Test
    void keysOfMapsCompareExactly_everyIntegerBeforeEveryFloat() {
        assertThat(Terms.compare(Terms.copyOf(Map.of(2, 0)), Terms.copyOf(Map.of(1.0, 0))))
                .isNegative();
        assertThat(Terms.compare(Terms.copyOf(Map.of(1, 1)), Terms.copyOf(Map.of(1.0, 1))))
                .isNegative();
        assertThat(Terms.compare(Terms.copyOf(Map.of(Tuple.of(2), 0)), Terms.copyOf(Map.of(Tuple.of(1.0), 0))))
                .isNegative();
        assertThat(Terms.compare(Terms.copyOf(Map.of(-0.0, 0)), Terms.copyOf(Map.of(0.0, 0))))
                .isNegative();
    }

    @Test
    void valuesOfMapsCompareByValue_afterAllKeys() {
        assertThat(Terms.compare(Terms.copyOf(Map.of("a", 2, "b", 0)), Terms.copyOf(Map.of("a", 1.5, "b", 9))))
                .isPositive();
        assertThat(Terms.compare(Terms.copyOf(Map.of("a", 9, "b", 0)), Terms.copyOf(Map.of("a", 0, "c", 0))))
                .isNegative();
    }

    @Test
    void exactOrderHasIntegersBeforeFloats() {
        assertThat(Order.EXACT.compare(Long.MAX_VALUE, -1.0)).isNegative();
        assertThat(Order.EXACT.compare(BigInteger.TEN.pow(30), Double.NEGATIVE_INFINITY))
                .isNegative();
        assertThat(Order.EXACT.compare(-0.0, 0.0)).isNegative();
    }

    @Test
    void nanIsEqualToItself() {
        assertThat(Terms.equal(Double.NaN, 0.0 / 0.0)).isTrue();
        assertThat(Terms.compare(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L)))
                .isZero();
    }

    @Test
    void comparingRefusesWhatIsNoTerm() {
        assertThatThrownBy(() -> Terms.compare(1, 1L))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("java.lang.Integer");
        assertThatThrownBy(() -> Terms.compare("a", 'a')).isInstanceOf(NotATermException.class);
        Object same = new Object();
        assertThatThrownBy(() -> Terms.compare(same, same)).isInstanceOf(NotATermException.class);
    }
}
