// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final List<Object> KEYS = List.of(
            0L,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            0x1p-33,
            0x1p-32,
            0.1,
            1L,
            1.0,
            Math.nextUp(1.0),
            (1L << 56) - 1,
            1L << 56,
            (1L << 56) + 1,
            0x1p56,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0x1p63,
            -0x1p63,
            BigInteger.ONE.shiftLeft(63),
            BigInteger.ONE.shiftLeft(64),
            BigInteger.ONE.shiftLeft(64).negate(),
            BigInteger.ONE.shiftLeft(2000),
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            true,
            false,
            new UUID(-1, 0),
            new UUID(1, 0),
            Instant.EPOCH,
            Tuple.of(),
            Tuple.of((Object) null),
            Tuple.of("a"),
            Tuple.of(5, 1),
            Tuple.of(new Object[20]),
            Terms.keyOf(Map.of()),
            Terms.keyOf(List.of(1)),
            "",
            "\0",
            "abcdefg",
            "abcdefgh",
            "abcdef\u00fc",
            "abcde\u20ac",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ud800",
            "\ud83d\ude00",
            "\uff21",
            Terms.keyOf(new byte[] {1}));

    @Property(tries = 20_000)
    void digestsAreInTheOrderOfKeys(@ForAll("keys") Object a, @ForAll("keys") Object b) {
        assertInOrder(a, b);
    }

    /** Keys below, among and above those that begin as the two of which the stem is. */
    @Property(tries = 20_000)
    void digestsOfWhatFollowsAStemAreInTheOrderOfKeys(
            @ForAll("nearKeys") List<Object> keys, @ForAll @IntRange(max = 9) int from) {
        List<Object> sorted = new ArrayList<>(keys);
        sorted.sort(Terms.ORDER);
        int least = from % sorted.size();
        for (int greatest = least + 1; greatest < sorted.size(); greatest++) {
            Stem stem = Stem.of(sorted.get(least), sorted.get(greatest));
            for (int i = 1; stem != null && i < sorted.size(); i++) {
                Object a = sorted.get(i - 1);
                Object b = sorted.get(i);
                int digests = Long.compareUnsigned(stem.digest(a), stem.digest(b));
                assertThat(digests).as("%s and %s", a, b).isLessThanOrEqualTo(0);
                assertThat(Terms.compare(a, b) != 0 || digests == 0)
                        .as("%s and %s", a, b)
                        .isTrue();
            }
        }
    }

    @Test
    void keysOfOneStemAreToldApart() {
        assertToldApart("some/long/prefix/1", "some/long/prefix/2");
        assertToldApart(Tuple.of("order", 7, 1), Tuple.of("order", 7, 2));
        assertToldApart(Tuple.of("order", "number 7"), Tuple.of("order", "number 8"));
        assertToldApart(new Pid(1L << 40, 7), new Pid(1L << 40, 8));
        assertToldApart(new UUID(3, 7), new UUID(3, 8));
        assertToldApart(
                Terms.keyOf(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 7}),
                Terms.keyOf(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 8}));
    }

    private static void assertToldApart(Object a, Object b) {
        Stem stem = Stem.of(a, b);
        assertThat(stem).isNotNull();
        assertThat(Long.compareUnsigned(stem.digest(a), stem.digest(b))).isNegative();
    }

    @Test
    void timesAreToldApart() {
        Instant instant = Instant.parse("2026-11-21T08:00:00Z");
        ZonedDateTime zoned = instant.atZone(ZoneId.of("Europe/Berlin"));
        List<List<Object>> neighbours = List.of(
                List.of(instant, instant.plusNanos(512)),
                List.of(zoned, zoned.plusNanos(512)),
                List.of(zoned.toOffsetDateTime(), zoned.toOffsetDateTime().plusNanos(512)),
                List.of(zoned.toLocalDateTime(), zoned.toLocalDateTime().plusNanos(512)),
                List.of(zoned.toLocalDate(), zoned.toLocalDate().plusDays(1)),
                List.of(zoned.toLocalTime(), zoned.toLocalTime().plusNanos(1)),
                List.of(
                        zoned.toOffsetDateTime().toOffsetTime(),
                        zoned.toOffsetDateTime().toOffsetTime().plusNanos(1)),
                List.of(Duration.ofHours(1), Duration.ofHours(1).plusNanos(512)),
                List.of(Period.ofDays(1), Period.ofYears(1)),
                List.of(YearMonth.of(2026, 11), YearMonth.of(2026, 12)),
                List.of(Year.of(2026), Year.of(2027)),
                List.of(MonthDay.of(1, 1), MonthDay.of(1, 2)),
                List.of(Month.MAY, Month.JUNE),
                List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY));
        for (List<Object> two : neighbours) {
            assertThat(Long.compareUnsigned(Digest.of(two.get(0)), Digest.of(two.get(1))))
                    .as("%s", two)
                    .isNegative();
        }
    }

    @Test
    void digestsAreInTheOrderOfKeys_atTheEdges() {
        for (Object a : KEYS) {
            KEYS.forEach(b -> assertInOrder(a, b));
        }
    }

    @Test
    void integersAndDoublesAreToldApart() {
        for (long key = -1000; key < 1000; key++) {
            assertThat(Digest.of(key)).isNotEqualTo(Digest.of(key + 1));
            assertThat(Digest.of(1L << 55 | key)).isNotEqualTo(Digest.of(1L << 55 | key + 1));
            double eighth = (key | 1) / 8.0;
            assertThat(Digest.of(eighth)).isNotEqualTo(Digest.of(Math.nextUp(eighth)));
        }
    }

    private static void assertInOrder(Object a, Object b) {
        int order = Terms.compare(a, b);
        int digests = Long.compareUnsigned(Digest.of(a), Digest.of(b));
        assertThat(digests == 0 || Integer.signum(digests) == Integer.signum(order))
                .as("%s and %s", a, b)
                .isTrue();
        assertThat(order != 0 || digests == 0).as("%s and %s", a, b).isTrue();
    }

    @Provide
    Arbitrary<Object> keys() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(List.of(
                Arbitraries.of(KEYS),
                Arbitraries.longs().asGeneric(),
                Arbitraries.longs().between(-5, 5).asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.longs().map(Double::longBitsToDouble).asGeneric(),
                Arbitraries.longs().map(i -> (double) i).asGeneric(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TWO.pow(70).negate(), BigInteger.TWO.pow(70))
                        .map(Terms::keyOf),
                Arbitraries.strings().all().ofMaxLength(9).asGeneric(),
                Arbitraries.strings().withChars("ab").ofMaxLength(9).asGeneric()));
        return Arbitraries.oneOf(
                leaves,
                times(),
                leaves.list().ofMaxSize(3).map(list -> Tuple.of(new ArrayList<>(list).toArray())),
                leaves.list().ofMaxSize(3).map(list -> Terms.keyOf(list)),
                leaves.map(Tuple::of).map(Tuple::of));
    }

    private static Arbitrary<Object> times() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs().between(-3, 3),
                        Arbitraries.integers().between(0, 16))
                .as((far, near, which) -> time(which % 2 == 0 ? far : near, which));
    }

    private static Object time(long number, int which) {
        Instant instant = Instant.ofEpochSecond(number % Instant.MAX.getEpochSecond(), number & 1);
        Instant sane = Instant.ofEpochSecond(number % (1L << 40), number & 1);
        OffsetDateTime offset = sane.atOffset(ZoneOffset.ofHours((int) (number % 18)));
        int small = (int) (number % 1000);
        return switch (which) {
            case 0, 1 -> instant;
            case 2, 3 -> offset.toLocalDate();
            case 4 -> offset.toLocalTime();
            case 5 -> offset.toLocalDateTime();
            case 6 -> offset;
            case 7 -> offset.toOffsetTime();
            case 8 -> sane.atZone(number % 3 == 0 ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin"));
            case 9, 10 -> Duration.ofSeconds(number, small);
            case 11 -> Period.of((int) number, (int) (number >>> 32), small);
            case 12 -> Year.of(small);
            case 13 -> YearMonth.of(small, offset.getMonthValue());
            case 14 -> MonthDay.from(offset);
            case 15 -> offset.getMonth();
            default -> number % 2 == 0 ? offset.getDayOfWeek() : ZoneId.of("Europe/Berlin");
        };
    }

    @Provide
    Arbitrary<List<Object>> nearKeys() {
        Arbitrary<Object> strings = Arbitraries.strings()
                .withChars("ab\ud800\udc00\uffff")
                .ofMaxLength(12)
                .asGeneric();
        Arbitrary<Object> numbers = Arbitraries.longs().between(-2, 2).asGeneric();
        Arbitrary<Object> floats =
                Arbitraries.longs().between(-2, 2).map(i -> i / 2.0).asGeneric();
        Arbitrary<Object> parts = Arbitraries.oneOf(strings, numbers, floats);
        Arbitrary<Object> tuples = parts.list().ofMaxSize(3).map(list -> Tuple.of(list.toArray()));
        Arbitrary<Object> binaries =
                strings.map(string -> Terms.keyOf(((String) string).getBytes(StandardCharsets.UTF_16)));
        Arbitrary<Object> pairs = Combinators.combine(numbers, numbers)
                .as((a, b) -> (Long) a == 2 ? new UUID((Long) b, (Long) a) : new Pid((Long) a, (Long) b));
        Arbitrary<Object> nested = Combinators.combine(tuples, parts).as((a, b) -> Tuple.of(a, b));
        return Arbitraries.oneOf(
                strings.list().ofMinSize(1).ofMaxSize(10),
                tuples.list().ofMinSize(1).ofMaxSize(10),
                nested.list().ofMinSize(1).ofMaxSize(10),
                pairs.list().ofMinSize(1).ofMaxSize(10),
                binaries.list().ofMinSize(1).ofMaxSize(10),
                Arbitraries.oneOf(parts, tuples, binaries, pairs, nested)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(10));
    }
}
