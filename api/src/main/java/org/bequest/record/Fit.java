// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

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
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.ListOf;
import org.bequest.table.ColumnType.MapOf;
import org.bequest.table.ColumnType.OneOf;
import org.bequest.table.ColumnType.RecordOf;
import org.bequest.table.ColumnType.Simple;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Makes a term one of a type, where nothing is lost by it: 1 fits a double as 1.0, 1.5 fits no integer. */
final class Fit {
    /** The types that have one class of terms, which is kept as it is. */
    static final Map<Simple, Class<?>> CLASSES = new EnumMap<>(Simple.class);

    static {
        CLASSES.put(Simple.BOOLEAN, Boolean.class);
        CLASSES.put(Simple.STRING, String.class);
        CLASSES.put(Simple.BINARY, Binary.class);
        CLASSES.put(Simple.UUID, UUID.class);
        CLASSES.put(Simple.PID, Pid.class);
        CLASSES.put(Simple.TUPLE, Tuple.class);
        CLASSES.put(Simple.TERM, Object.class);
        CLASSES.put(Simple.INSTANT, Instant.class);
        CLASSES.put(Simple.LOCAL_DATE, LocalDate.class);
        CLASSES.put(Simple.LOCAL_TIME, LocalTime.class);
        CLASSES.put(Simple.LOCAL_DATE_TIME, LocalDateTime.class);
        CLASSES.put(Simple.OFFSET_TIME, OffsetTime.class);
        CLASSES.put(Simple.OFFSET_DATE_TIME, OffsetDateTime.class);
        CLASSES.put(Simple.ZONED_DATE_TIME, ZonedDateTime.class);
        CLASSES.put(Simple.DURATION, Duration.class);
        CLASSES.put(Simple.PERIOD, Period.class);
        CLASSES.put(Simple.YEAR, Year.class);
        CLASSES.put(Simple.YEAR_MONTH, YearMonth.class);
        CLASSES.put(Simple.MONTH_DAY, MonthDay.class);
        CLASSES.put(Simple.DAY_OF_WEEK, DayOfWeek.class);
        CLASSES.put(Simple.MONTH, Month.class);
        CLASSES.put(Simple.ZONE_ID, ZoneId.class);
    }

    private Fit() {}

    /**
     * Null fits, since that is the column's to refuse. So does a tuple for a record, whose fields are looked at by those who
     * know its shape.
     *
     * @throws Misfit if it does not fit
     */
    static @Nullable Object fit(ColumnType type, @Nullable Object term) {
        if (term == null) {
            return null;
        }
        if (type instanceof Simple simple) {
            return simple(simple, term);
        }
        if (type instanceof OneOf names) {
            return check(term instanceof String name && names.names().contains(name), type, term);
        }
        if (type instanceof ListOf list) {
            return elements(list, term);
        }
        if (type instanceof MapOf map) {
            return pairs(map, term);
        }
        return check(type instanceof RecordOf && term instanceof Tuple, type, term);
    }

    private static Object simple(Simple type, Object term) {
        return switch (type) {
            case BYTE -> integer(type, term, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> integer(type, term, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> integer(type, term, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(type, term, Long.MIN_VALUE, Long.MAX_VALUE);
            case INTEGER -> whole(type, term);
            case FLOAT -> {
                Double d = floating(type, term);
                check(Double.isNaN(d) || d.floatValue() == d, type, term);
                yield d;
            }
            case DOUBLE -> floating(type, term);
            case CHAR -> check(term instanceof String s && s.length() == 1, type, term);
            default -> check(Objects.requireNonNull(CLASSES.get(type)).isInstance(term), type, term);
        };
    }

    private static Object integer(Simple type, Object term, long least, long greatest) {
        Object whole = whole(type, term);
        return check(whole instanceof Long l && least <= l && l <= greatest, type, whole);
    }

    private static Object whole(Simple type, Object term) {
        if (term instanceof Double d) {
            check(!d.isInfinite() && Math.rint(d) == d, type, term);
            return Terms.keyOf(new BigDecimal(d).toBigInteger());
        }
        return check(term instanceof Long || term instanceof BigInteger, type, term);
    }

    /** Exact, or refused: a long of many digits would lose some. */
    private static Double floating(Simple type, Object term) {
        if (term instanceof Double d) {
            return d;
        }
        check(term instanceof Long || term instanceof BigInteger, type, term);
        Double d = ((Number) term).doubleValue();
        check(Terms.compare(d, term) == 0, type, term);
        return d;
    }

    private static Object elements(ListOf type, Object term) {
        check(term instanceof List, type, term);
        List<@Nullable Object> fitting = new ArrayList<>();
        for (Object element : (List<?>) term) {
            try {
                fitting.add(fit(type.element(), element));
            } catch (Misfit e) {
                throw e.in("[" + fitting.size() + "]");
            }
        }
        return Terms.keyOf(fitting);
    }

    private static Object pairs(MapOf type, Object term) {
        check(term instanceof Map, type, term);
        Map<@Nullable Object, @Nullable Object> fitting = new LinkedHashMap<>();
        ((Map<?, ?>) term).forEach((key, value) -> {
            try {
                fitting.put(fit(type.key(), key), fit(type.value(), value));
            } catch (Misfit e) {
                throw e.in("[" + key + "]");
            }
        });
        return Terms.keyOf(fitting);
    }

    private static Object check(boolean fits, ColumnType type, Object term) {
        if (!fits) {
            throw new Misfit("is " + term + ", which is no " + type);
        }
        return term;
    }
}
