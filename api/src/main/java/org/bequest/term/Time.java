// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

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
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;

/** The values of java.time that are terms, and their order. All but the zones are of final classes. */
final class Time {

    private static final List<Class<?>> CLASSES = List.of(
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Duration.class,
            Period.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            DayOfWeek.class,
            Month.class,
            ZoneId.class);

    private static final Comparator<Period> PERIODS = Comparator.comparingInt(Period::getYears)
            .thenComparingInt(Period::getMonths)
            .thenComparingInt(Period::getDays);

    private Time() {}

    static boolean isTime(Object value) {
        return rank(value) >= 0;
    }

    /** By class, then as the values of that class are ordered. Zero if, and only if, they are equal. */
    static int compare(Object a, Object b) {
        int byClass = Integer.compare(rank(a), rank(b));
        if (byClass != 0) {
            return byClass;
        }
        if (a instanceof Period period) {
            return PERIODS.compare(period, (Period) b);
        }
        if (a instanceof ZoneId zone) {
            return zone.getId().compareTo(((ZoneId) b).getId());
        }
        @SuppressWarnings("unchecked") // the other classes are comparable, each to itself
        Comparable<Object> comparable = (Comparable<Object>) a;
        return comparable.compareTo(b);
    }

    private static int rank(Object value) {
        // Regions and offsets are two classes, which only the JDK can extend; they make one kind.
        return CLASSES.indexOf(value instanceof ZoneId ? ZoneId.class : value.getClass());
    }
}
