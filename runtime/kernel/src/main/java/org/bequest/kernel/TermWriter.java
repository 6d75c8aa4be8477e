// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Turns terms into bytes, which {@link TermReader} turns into equal terms, on whatever JVM. Gathers any number of terms;
 * each says itself where it ends. For one thread.
 */
final class TermWriter {
    /* The encoding: one byte of TermCode, then
     *
     *   integers, and int fields of times   zigzag and varint: seven bits to a byte, the lowest first
     *   floats, halves of UUIDs, nodes      eight bytes, the highest first; of floats the raw bits
     *   strings, binaries, big integers     number of bytes as varint, then UTF-8, the bytes, two's complement
     *   broken strings                      number of bytes as varint, then UTF-16, high bytes first
     *   tuples, lists, maps                 number of elements (pairs) as varint, then each; pairs as key, value
     *   times                               their fields; a date counts days from 1970, a time of day nanoseconds
     *
     * Why not java.io serialization: it names classes, which is what rows must never do, and can be made to build them.
     */

    private static final int LONGEST_VARINT = 10;

    private final int limit;
    private byte[] bytes = new byte[256];
    private int size;

    /** @param limit how many bytes may be gathered */
    TermWriter(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    /** Returns the array that is written to, whose first {@link #size()} bytes count; good until the next change. */
    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    /**
     * Adds a term.
     *
     * @throws IllegalArgumentException if the value is not a term, or there is no room for it; it was not added then
     */
    void write(@Nullable Object term) {
        if (term != null && !Terms.isTerm(term)) {
            throw new IllegalArgumentException("A " + term.getClass().getTypeName() + " is not a term");
        }
        int before = size;
        try {
            append(term);
        } catch (IllegalArgumentException noRoom) {
            size = before;
            throw noRoom;
        }
    }

    /** What is most frequent in rows comes first. */
    private void append(@Nullable Object term) {
        if (term instanceof String string) {
            appendString(string);
        } else if (term instanceof Long number) {
            code(TermCode.INTEGER);
            signed(number);
        } else if (term instanceof Tuple tuple) {
            code(TermCode.TUPLE);
            unsigned(tuple.size());
            for (int i = 0; i < tuple.size(); i++) {
                append(tuple.get(i));
            }
        } else if (term == null) {
            code(TermCode.NULL);
        } else if (term instanceof Boolean bool) {
            code(bool ? TermCode.TRUE : TermCode.FALSE);
        } else if (term instanceof Double number) {
            code(TermCode.FLOAT);
            fixed(Double.doubleToRawLongBits(number));
        } else if (term instanceof List<?> list) {
            code(TermCode.LIST);
            unsigned(list.size());
            list.forEach(this::append);
        } else if (term instanceof Map<?, ?> map) {
            code(TermCode.MAP);
            unsigned(map.size());
            map.forEach((key, value) -> {
                append(key);
                append(value);
            });
        } else if (term instanceof Binary binary) {
            code(TermCode.BINARY);
            counted(binary.toByteArray());
        } else if (term instanceof UUID uuid) {
            code(TermCode.UUID);
            fixed(uuid.getMostSignificantBits());
            fixed(uuid.getLeastSignificantBits());
        } else if (term instanceof Pid pid) {
            code(TermCode.PID);
            fixed(pid.node());
            signed(pid.number());
        } else if (term instanceof BigInteger number) {
            code(TermCode.BIG_INTEGER);
            counted(number.toByteArray());
        } else {
            appendMoment(term);
        }
    }

    private void appendString(String string) {
        if (isWhole(string)) {
            code(TermCode.STRING);
            counted(string.getBytes(UTF_8));
            return;
        }
        code(TermCode.BROKEN_STRING);
        unsigned(2L * string.length());
        for (int i = 0; i < string.length(); i++) {
            room(2);
            bytes[size++] = (byte) (string.charAt(i) >>> 8);
            bytes[size++] = (byte) string.charAt(i);
        }
    }

    /** Whether every surrogate has its other half. */
    private static boolean isWhole(String string) {
        for (int i = 0; i < string.length(); i++) {
            char unit = string.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean pair = i + 1 < string.length() && Character.isSurrogatePair(unit, string.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private void appendMoment(Object time) {
        if (time instanceof Instant instant) {
            code(TermCode.INSTANT);
            signed(instant.getEpochSecond());
            unsigned(instant.getNano());
        } else if (time instanceof LocalDate date) {
            code(TermCode.LOCAL_DATE);
            fields(date);
        } else if (time instanceof LocalTime timeOfDay) {
            code(TermCode.LOCAL_TIME);
            fields(timeOfDay);
        } else if (time instanceof LocalDateTime dateTime) {
            code(TermCode.LOCAL_DATE_TIME);
            fields(dateTime);
        } else if (time instanceof OffsetTime timeOfDay) {
            code(TermCode.OFFSET_TIME);
            fields(timeOfDay.toLocalTime());
            fields(timeOfDay.getOffset());
        } else if (time instanceof OffsetDateTime dateTime) {
            code(TermCode.OFFSET_DATE_TIME);
            fields(dateTime.toLocalDateTime());
            fields(dateTime.getOffset());
        } else if (time instanceof ZonedDateTime dateTime) {
            code(TermCode.ZONED_DATE_TIME);
            fields(dateTime.toLocalDateTime());
            fields(dateTime.getOffset());
            appendZone(dateTime.getZone());
        } else if (time instanceof ZoneId zone) {
            appendZone(zone);
        } else {
            appendAmountOrPart(time);
        }
    }

    private void appendAmountOrPart(Object time) {
        if (time instanceof Duration duration) {
            code(TermCode.DURATION);
            signed(duration.getSeconds());
            unsigned(duration.getNano());
        } else if (time instanceof Period period) {
            code(TermCode.PERIOD);
            signed(period.getYears());
            signed(period.getMonths());
            signed(period.getDays());
        } else if (time instanceof Year year) {
            code(TermCode.YEAR);
            signed(year.getValue());
        } else if (time instanceof YearMonth month) {
            code(TermCode.YEAR_MONTH);
            signed(month.getYear());
            signed(month.getMonthValue());
        } else if (time instanceof MonthDay day) {
            code(TermCode.MONTH_DAY);
            signed(day.getMonthValue());
            signed(day.getDayOfMonth());
        } else if (time instanceof DayOfWeek day) {
            code(TermCode.DAY_OF_WEEK);
            signed(day.getValue());
        } else if (time instanceof Month month) {
            code(TermCode.MONTH);
            signed(month.getValue());
        } else {
            throw new AssertionError("a kind of term that has no code: " + time.getClass());
        }
    }

    private void appendZone(ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            code(TermCode.ZONE_OFFSET);
            fields(offset);
        } else {
            code(TermCode.ZONE_REGION);
            counted(zone.getId().getBytes(UTF_8));
        }
    }

    private void fields(LocalDateTime dateTime) {
        fields(dateTime.toLocalDate());
        fields(dateTime.toLocalTime());
    }

    private void fields(LocalDate date) {
        signed(date.toEpochDay());
    }

    private void fields(LocalTime time) {
        unsigned(time.toNanoOfDay());
    }

    private void fields(ZoneOffset offset) {
        signed(offset.getTotalSeconds());
    }

    private void code(TermCode code) {
        room(1);
        bytes[size++] = (byte) code.ordinal();
    }

    private void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    private void unsigned(long value) {
        room(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void fixed(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void counted(byte[] content) {
        unsigned(content.length);
        room(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    private void room(int more) {
        if (more > limit - size) {
            throw new IllegalArgumentException(
                    "It takes more than the " + limit + " bytes that there are; keep parts in rows of their own");
        }
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, (long) size + more)));
        }
    }
}
