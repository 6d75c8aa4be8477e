// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The part of a {@link Digest} that is of a java.time value, 59 bits: the class, then the value as far as bits go. */
final class Moments {

    private static final int VALUE_BITS = 55;
    private static final long ALL = (1L << VALUE_BITS) - 1;
    private static final int SECOND_BITS = 34; // from 1698 to 2242; moments beyond are not told apart
    private static final long LATEST = 1L << SECOND_BITS - 1;

    private Moments() {}

    static long digest(Object time) {
        if (time instanceof Instant t) {
            return ranked(0, moment(t.getEpochSecond(), t.getNano()));
        } else if (time instanceof LocalDate t) {
            return ranked(1, t.toEpochDay() + (1L << 40));
        } else if (time instanceof LocalTime t) {
            return ranked(2, t.toNanoOfDay());
        } else if (time instanceof LocalDateTime t) {
            return ranked(3, moment(t.toEpochSecond(ZoneOffset.UTC), t.getNano()));
        } else if (time instanceof OffsetTime t) {
            long ahead = (long) t.getOffset().getTotalSeconds() - ZoneOffset.MAX.getTotalSeconds();
            return ranked(4, t.toLocalTime().toNanoOfDay() - ahead * 1_000_000_000);
        } else if (time instanceof OffsetDateTime t) {
            return ranked(5, moment(t.toEpochSecond(), t.getNano()));
        } else if (time instanceof ZonedDateTime t) {
            return ranked(6, moment(t.toEpochSecond(), t.getNano()));
        } else if (time instanceof Duration t) {
            return ranked(7, moment(t.getSeconds(), t.getNano()));
        } else if (time instanceof Period t) {
            return ranked(8, unsigned(t.getYears()) << 23 | unsigned(t.getMonths()) >>> 9);
        } else if (time instanceof Year t) {
            return ranked(9, unsigned(t.getValue()));
        } else if (time instanceof YearMonth t) {
            return ranked(10, unsigned(t.getYear()) << 4 | t.getMonthValue());
        } else if (time instanceof MonthDay t) {
            return ranked(11, (long) t.getMonthValue() << 5 | t.getDayOfMonth());
        } else if (time instanceof DayOfWeek t) {
            return ranked(12, t.ordinal());
        } else if (time instanceof Month t) {
            return ranked(13, t.ordinal());
        }
        return ranked(14, 0); // a zone
    }

    private static long ranked(int rank, long value) {
        return (long) rank << VALUE_BITS | value;
    }

    private static long moment(long second, int nano) {
        if (second < -LATEST) {
            return 0;
        }
        int rest = VALUE_BITS - SECOND_BITS;
        return second >= LATEST ? ALL : second + LATEST << rest | nano >>> 30 - rest;
    }

    private static long unsigned(int number) {
        return (long) number - Integer.MIN_VALUE;
    }
}
