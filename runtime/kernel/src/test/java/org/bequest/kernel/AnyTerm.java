// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;

/** Terms of every kind, over the whole range of each. */
final class AnyTerm {
    private AnyTerm() {}

    static Arbitrary<Object> terms() {
        return nested(3);
    }

    /** Tuples with a key at position 0. */
    static Arbitrary<Tuple> rows() {
        return Combinators.combine(
                        leaves().filter(key -> key != null), nested(2).list().ofMaxSize(4))
                .as((key, rest) -> {
                    Object[] elements = new Object[1 + rest.size()];
                    elements[0] = key;
                    for (int i = 0; i < rest.size(); i++) {
                        elements[1 + i] = rest.get(i);
                    }
                    return Tuple.of(elements);
                });
    }

    private static Arbitrary<Object> nested(int depth) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<Object> inner = Arbitraries.lazy(() -> nested(depth - 1));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, leaves()),
                net.jqwik.api.Tuple.of(2, inner.list().ofMaxSize(9).map(elements -> Tuple.of(elements.toArray()))),
                net.jqwik.api.Tuple.of(2, inner.list().ofMaxSize(20).map(Terms::copyOf)),
                net.jqwik.api.Tuple.of(
                        2,
                        Arbitraries.maps(inner.filter(key -> key != null), inner)
                                .ofMaxSize(5)
                                .map(Terms::copyOf)));
    }

    private static Arbitrary<Object> leaves() {
        return Arbitraries.oneOf(
                List.of(numbers(), strings().asGeneric(), others(), dates(), datesWithZone(), amountsAndParts()));
    }

    private static Arbitrary<Object> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().asGeneric(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(300).negate(), BigInteger.TEN.pow(300))
                        .map(Terms::copyOf),
                // every float there is, NaNs of all kinds included
                Arbitraries.longs().map(Double::longBitsToDouble).asGeneric(),
                Arbitraries.doubles().asGeneric());
    }

    /** Also halves of surrogate pairs, and the character that stands for what cannot be decoded. */
    private static Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(100),
                Arbitraries.strings().ascii().ofMaxLength(100),
                Arbitraries.strings()
                        .withChars('a', 'ä', '\ud83d', '\ude00', '\udbff', '\ufffd', '?')
                        .ofMaxLength(6));
    }

    private static Arbitrary<Object> others() {
        Arbitrary<Long> longs = Arbitraries.longs();
        return Arbitraries.oneOf(
                Arbitraries.of(null, false, true),
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(100)
                        .map(Binary::copyOf)
                        .asGeneric(),
                Combinators.combine(longs, longs).as(UUID::new).asGeneric(),
                Combinators.combine(longs, longs).as(Pid::new).asGeneric());
    }

    private static Arbitrary<Object> dates() {
        return Arbitraries.oneOf(
                instants().asGeneric(),
                localDates().asGeneric(),
                localTimes().asGeneric(),
                localDateTimes().asGeneric(),
                offsets().asGeneric(),
                zones().asGeneric());
    }

    private static Arbitrary<Object> datesWithZone() {
        return Arbitraries.oneOf(
                Combinators.combine(localTimes(), offsets()).as(OffsetTime::of).asGeneric(),
                Combinators.combine(localDateTimes(), offsets())
                        .as(OffsetDateTime::of)
                        .asGeneric(),
                // the year at the edge could be beyond it in another zone
                Combinators.combine(localDateTimes().map(time -> time.withYear(time.getYear() / 2)), zones())
                        .as(ZonedDateTime::of)
                        .asGeneric(),
                // the hour that is there twice
                Arbitraries.of(
                        ZonedDateTime.of(2025, 10, 26, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                                .withEarlierOffsetAtOverlap(),
                        ZonedDateTime.of(2025, 10, 26, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                                .withLaterOffsetAtOverlap()));
    }

    private static Arbitrary<Object> amountsAndParts() {
        Arbitrary<Integer> ints = Arbitraries.integers();
        Arbitrary<Integer> years = Arbitraries.integers().between(Year.MIN_VALUE, Year.MAX_VALUE);
        Arbitrary<Month> months = Arbitraries.of(Month.values());
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.longs(), nanos())
                        .as((seconds, nanos) -> Duration.ofSeconds(seconds, nanos))
                        .asGeneric(),
                Combinators.combine(ints, ints, ints).as(Period::of).asGeneric(),
                years.map(Year::of).asGeneric(),
                Combinators.combine(years, months).as(YearMonth::of).asGeneric(),
                Combinators.combine(months, Arbitraries.integers().between(1, 28))
                        .as((month, day) -> MonthDay.of(month, day))
                        .asGeneric(),
                Arbitraries.of(MonthDay.of(2, 29), MonthDay.of(12, 31)).asGeneric(),
                Arbitraries.of(DayOfWeek.values()).asGeneric(),
                months.asGeneric());
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        nanos())
                .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos));
    }

    private static Arbitrary<LocalDateTime> localDateTimes() {
        return Combinators.combine(localDates(), localTimes()).as(LocalDateTime::of);
    }

    private static Arbitrary<LocalDate> localDates() {
        return Arbitraries.longs()
                .between(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    private static Arbitrary<LocalTime> localTimes() {
        return Arbitraries.longs().between(0, LocalTime.MAX.toNanoOfDay()).map(LocalTime::ofNanoOfDay);
    }

    private static Arbitrary<Integer> nanos() {
        return Arbitraries.integers().between(0, 999_999_999);
    }

    private static Arbitrary<ZoneOffset> offsets() {
        int most = ZoneOffset.MAX.getTotalSeconds();
        return Arbitraries.integers().between(-most, most).map(ZoneOffset::ofTotalSeconds);
    }

    private static Arbitrary<ZoneId> zones() {
        List<String> ids = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        return Arbitraries.oneOf(
                Arbitraries.of(ids).map(ZoneId::of),
                offsets(),
                Combinators.combine(Arbitraries.of("UTC", "GMT", "UT"), offsets())
                        .as(ZoneId::ofOffset));
    }

    /** One of each kind, where "each" is what {@link TermCode} has a code for. */
    static Map<TermCode, Object> oneOfEachKind() {
        LocalDateTime noon = LocalDateTime.of(2026, 3, 1, 12, 0);
        return Map.ofEntries(
                Map.entry(TermCode.FALSE, false),
                Map.entry(TermCode.TRUE, true),
                Map.entry(TermCode.INTEGER, -300L),
                Map.entry(TermCode.BIG_INTEGER, BigInteger.ONE.shiftLeft(63)),
                Map.entry(TermCode.FLOAT, 1.5),
                Map.entry(TermCode.STRING, "a\u00e4\ud83d\ude00"),
                Map.entry(TermCode.BROKEN_STRING, "a\ud83d"),
                Map.entry(TermCode.BINARY, Binary.copyOf(new byte[] {1, -1})),
                Map.entry(TermCode.UUID, new UUID(1, -2)),
                Map.entry(TermCode.PID, new Pid(-1, 7)),
                Map.entry(TermCode.TUPLE, Tuple.of(1, (Object) null)),
                Map.entry(TermCode.LIST, List.of(1L, true)),
                Map.entry(TermCode.MAP, Map.of("k", 1L)),
                Map.entry(TermCode.INSTANT, Instant.ofEpochSecond(1, 500)),
                Map.entry(TermCode.LOCAL_DATE, LocalDate.of(1969, 12, 31)),
                Map.entry(TermCode.LOCAL_TIME, LocalTime.of(0, 0, 0, 128)),
                Map.entry(TermCode.LOCAL_DATE_TIME, noon),
                Map.entry(TermCode.OFFSET_TIME, OffsetTime.of(LocalTime.MIDNIGHT, ZoneOffset.ofHours(1))),
                Map.entry(TermCode.OFFSET_DATE_TIME, OffsetDateTime.of(noon, ZoneOffset.UTC)),
                Map.entry(TermCode.ZONED_DATE_TIME, ZonedDateTime.of(noon, ZoneId.of("Europe/Berlin"))),
                Map.entry(TermCode.DURATION, Duration.ofNanos(-1)),
                Map.entry(TermCode.PERIOD, Period.of(1, -1, 64)),
                Map.entry(TermCode.YEAR, Year.of(2026)),
                Map.entry(TermCode.YEAR_MONTH, YearMonth.of(2026, 3)),
                Map.entry(TermCode.MONTH_DAY, MonthDay.of(2, 29)),
                Map.entry(TermCode.DAY_OF_WEEK, DayOfWeek.SUNDAY),
                Map.entry(TermCode.MONTH, Month.MARCH),
                Map.entry(TermCode.ZONE_OFFSET, ZoneOffset.ofHours(-1)),
                Map.entry(TermCode.ZONE_REGION, ZoneId.of("UTC")));
    }
}
