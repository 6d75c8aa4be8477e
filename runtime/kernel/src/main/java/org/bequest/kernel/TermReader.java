// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
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
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bequest.term.Binary;
import org.bequest.term.NotATermException;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link TermWriter} wrote. Whatever the bytes are, a read ends with a term or a
 * {@link MalformedTermException}, uses no more of the stack than terms may be deep, and allocates in proportion to the
 * bytes that it has read, not to what these say is still to come. For one thread.
 */
final class TermReader {
    private static final int LONGEST_FIRST_GUESS = 16;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] bytes;
    private int position;

    /** Rows tend to be of one zone: it need not be in memory once for each. */
    private @Nullable ZoneId lastZone;

    TermReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    /** Index of the byte that is read next. */
    int position() {
        return position;
    }

    @Nullable
    Object read() throws MalformedTermException {
        return read(0);
    }

    private @Nullable Object read(int depth) throws MalformedTermException {
        int start = position;
        byte first = next();
        TermCode code = TermCode.of(first);
        if (code == null) {
            throw new MalformedTermException(start, "no term begins with " + Byte.toUnsignedInt(first));
        }
        try {
            return read(code, depth);
        } catch (DateTimeException | ArithmeticException | NotATermException refused) {
            throw new MalformedTermException(start, "no " + code + " is made of this: " + refused.getMessage());
        }
    }

    private @Nullable Object read(TermCode code, int depth) throws MalformedTermException {
        return switch (code) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case INTEGER -> signed();
            case BIG_INTEGER -> bigInteger();
            case FLOAT -> Double.longBitsToDouble(fixed());
            case STRING -> string();
            case BROKEN_STRING -> brokenString();
            case BINARY -> Binary.copyOf(counted());
            case UUID -> new UUID(fixed(), fixed());
            case PID -> new Pid(fixed(), signed());
            case TUPLE -> Tuple.of(elements(1, depth).toArray());
            case LIST -> Terms.copyOf(elements(1, depth));
            case MAP -> Terms.copyOf(new Pairs(elements(2, depth)));
            case INSTANT -> Instant.ofEpochSecond(signed(), nanos());
            case LOCAL_DATE -> date();
            case LOCAL_TIME -> time();
            case LOCAL_DATE_TIME -> dateTime();
            case OFFSET_TIME -> OffsetTime.of(time(), offset());
            case OFFSET_DATE_TIME -> OffsetDateTime.of(dateTime(), offset());
            case ZONED_DATE_TIME -> zonedDateTime();
            case DURATION -> Duration.ofSeconds(signed(), nanos());
            case PERIOD -> Period.of(integer(), integer(), integer());
            case YEAR -> Year.of(integer());
            case YEAR_MONTH -> YearMonth.of(integer(), integer());
            case MONTH_DAY -> MonthDay.of(integer(), integer());
            case DAY_OF_WEEK -> DayOfWeek.of(integer());
            case MONTH -> Month.of(integer());
            case ZONE_OFFSET -> offset();
            case ZONE_REGION -> region();
        };
    }

    /** The elements of a tuple or list, or the pairs of a map, one after the other. */
    private List<@Nullable Object> elements(int perCount, int depth) throws MalformedTermException {
        int start = position;
        if (depth == Terms.MAX_DEPTH) {
            throw new MalformedTermException(start, "terms are nested deeper than " + Terms.MAX_DEPTH);
        }
        int elements = perCount * count(start, perCount);
        // Not of that size at once: in nested terms each could claim all the bytes that are left.
        List<@Nullable Object> terms = new ArrayList<>(Math.min(elements, LONGEST_FIRST_GUESS));
        for (int i = 0; i < elements; i++) {
            terms.add(read(depth + 1));
        }
        return terms;
    }

    private BigInteger bigInteger() throws MalformedTermException {
        int start = position;
        byte[] magnitude = counted();
        if (magnitude.length < Long.BYTES) {
            throw new MalformedTermException(start, "a big integer of " + magnitude.length + " bytes");
        }
        BigInteger number = new BigInteger(magnitude);
        if (!Terms.isTerm(number)) {
            throw new MalformedTermException(start, "a big integer that is not big");
        }
        return number;
    }

    private String string() throws MalformedTermException {
        int start = position;
        int length = count(start, 1);
        String string = new String(bytes, position, length, UTF_8);
        if (string.indexOf(REPLACEMENT) >= 0) { // which may be meant, or stand for what is no UTF-8
            try {
                UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
            } catch (CharacterCodingException e) {
                throw new MalformedTermException(start, "a string that is not in UTF-8");
            }
        }
        position += length;
        return string;
    }

    private String brokenString() throws MalformedTermException {
        int start = position;
        int length = count(start, 1);
        if (length % 2 != 0) {
            throw new MalformedTermException(start, "a string in UTF-16 of " + length + " bytes");
        }
        char[] units = new char[length / 2];
        ByteBuffer.wrap(bytes, position, length).asCharBuffer().get(units);
        position += length;
        return new String(units);
    }

    private LocalDateTime dateTime() throws MalformedTermException {
        return LocalDateTime.of(date(), time());
    }

    private LocalDate date() throws MalformedTermException {
        return LocalDate.ofEpochDay(signed());
    }

    private LocalTime time() throws MalformedTermException {
        return LocalTime.ofNanoOfDay(unsigned());
    }

    private ZoneOffset offset() throws MalformedTermException {
        return ZoneOffset.ofTotalSeconds(integer());
    }

    /** Exactly what was written; the same instant, where this JVM has other rules for the zone than the writer's. */
    private ZonedDateTime zonedDateTime() throws MalformedTermException {
        LocalDateTime dateTime = dateTime();
        ZoneOffset offset = offset();
        return ZonedDateTime.ofInstant(dateTime, offset, zone());
    }

    private ZoneId zone() throws MalformedTermException {
        int start = position;
        TermCode code = TermCode.of(next());
        if (code == TermCode.ZONE_OFFSET) {
            return offset();
        }
        if (code == TermCode.ZONE_REGION) {
            return region();
        }
        throw new MalformedTermException(start, "no zone where one has to be");
    }

    private ZoneId region() throws MalformedTermException {
        String id = string();
        ZoneId zone = lastZone;
        if (zone == null || !zone.getId().equals(id)) {
            zone = ZoneId.of(id);
            lastZone = zone;
        }
        return zone;
    }

    private int nanos() throws MalformedTermException {
        int start = position;
        long nanos = unsigned();
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new MalformedTermException(
                    start, Long.toUnsignedString(nanos) + " nanoseconds are not part of a second");
        }
        return (int) nanos;
    }

    private int integer() throws MalformedTermException {
        return Math.toIntExact(signed());
    }

    private long signed() throws MalformedTermException {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    private long unsigned() throws MalformedTermException {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte part = next();
            if (shift == 63 && (part & ~1) != 0) {
                break;
            }
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new MalformedTermException(start, "a number of more than 64 bits");
    }

    private long fixed() throws MalformedTermException {
        if (bytes.length - position < Long.BYTES) {
            throw endsEarly();
        }
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(bytes[position++]);
        }
        return value;
    }

    private byte[] counted() throws MalformedTermException {
        byte[] content = new byte[count(position, 1)];
        System.arraycopy(bytes, position, content, 0, content.length);
        position += content.length;
        return content;
    }

    /** The number of things that follow, each of which takes so many bytes or more. */
    private int count(int start, int bytesPerThing) throws MalformedTermException {
        long count = unsigned();
        int left = bytes.length - position;
        if (count < 0 || count > left / bytesPerThing) {
            throw new MalformedTermException(
                    start, "a size of " + Long.toUnsignedString(count) + ", with " + left + " bytes to follow");
        }
        return (int) count;
    }

    private byte next() throws MalformedTermException {
        if (position == bytes.length) {
            throw endsEarly();
        }
        return bytes[position++];
    }

    private MalformedTermException endsEarly() {
        return new MalformedTermException(bytes.length, "a term that goes on where the bytes end");
    }

    /**
     * The pairs as a map to be copied. No hash map: that would lose a key that is there twice, unseen, and could be
     * slowed down by keys that are chosen to have one hash.
     */
    private static final class Pairs extends AbstractMap<@Nullable Object, @Nullable Object> {
        private final List<@Nullable Object> terms;

        Pairs(List<@Nullable Object> terms) {
            this.terms = terms;
        }

        @Override
        public Set<Map.Entry<@Nullable Object, @Nullable Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return terms.size() / 2;
                }

                @Override
                public Iterator<Map.Entry<@Nullable Object, @Nullable Object>> iterator() {
                    Iterator<@Nullable Object> rest = terms.iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return rest.hasNext();
                        }

                        @Override
                        public Map.Entry<@Nullable Object, @Nullable Object> next() {
                            return new SimpleImmutableEntry<>(rest.next(), rest.next());
                        }
                    };
                }
            };
        }
    }
}
