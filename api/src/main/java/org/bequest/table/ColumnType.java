// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column are. A value: terms only, no class of anybody's. It can be turned into a term and back.
 * Immutable.
 */
public sealed interface ColumnType {
    /** The types without parts; most are Java's of nearly that name. */
    enum Simple implements ColumnType {
        BOOLEAN,
        BYTE,
        SHORT,
        INT,
        LONG,
        /** An integer of any size: {@link java.math.BigInteger}. */
        INTEGER,
        FLOAT,
        DOUBLE,
        /** A string of one {@code char}. */
        CHAR,
        STRING,
        BINARY,
        UUID,
        PID,
        INSTANT,
        LOCAL_DATE,
        LOCAL_TIME,
        LOCAL_DATE_TIME,
        OFFSET_TIME,
        OFFSET_DATE_TIME,
        ZONED_DATE_TIME,
        DURATION,
        PERIOD,
        YEAR,
        YEAR_MONTH,
        MONTH_DAY,
        DAY_OF_WEEK,
        MONTH,
        ZONE_ID,
        TUPLE,
        /** Any term. */
        TERM;

        @Override
        public Object toTerm() {
            return toString();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One of these names, as a string: an enum. */
    record OneOf(List<String> names) implements ColumnType {
        public OneOf {
            names = List.copyOf(names);
        }

        @Override
        public Object toTerm() {
            return Tuple.of("enum", names);
        }

        @Override
        public String toString() {
            return names.stream().collect(Collectors.joining("|", "enum(", ")"));
        }
    }

    /** A list of those, any of which may be null; also a set, in the order of terms. */
    record ListOf(ColumnType element) implements ColumnType {
        public ListOf {
            Objects.requireNonNull(element, "element");
        }

        @Override
        public Object toTerm() {
            return Tuple.of("list", element.toTerm());
        }

        @Override
        public String toString() {
            return "list(" + element + ")";
        }
    }

    /** A map; its values may be null. */
    record MapOf(ColumnType key, ColumnType value) implements ColumnType {
        public MapOf {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }

        @Override
        public Object toTerm() {
            return Tuple.of("map", key.toTerm(), value.toTerm());
        }

        @Override
        public String toString() {
            return "map(" + key + ", " + value + ")";
        }
    }

    /** A nested record: a tuple of that shape, which follows the same rules as a row's. */
    record RecordOf(Shape fields) implements ColumnType {
        public RecordOf {
            Objects.requireNonNull(fields, "fields");
        }

        @Override
        public Object toTerm() {
            return Tuple.of("record", fields.toTerm());
        }

        @Override
        public String toString() {
            return "record" + fields;
        }
    }

    /** The type as a term, for {@link #ofTerm}. */
    Object toTerm();

    /** @throws IllegalArgumentException if the term was not made by {@link #toTerm()} */
    static ColumnType ofTerm(@Nullable Object term) {
        if (term instanceof String name) {
            return Simple.valueOf(name.toUpperCase(Locale.ROOT));
        }
        if (term instanceof Tuple t && t.size() == 2) {
            if ("enum".equals(t.get(0)) && t.get(1) instanceof List<?> names) {
                return new OneOf(names.stream().map(String.class::cast).toList());
            }
            if ("list".equals(t.get(0))) {
                return new ListOf(ofTerm(t.get(1)));
            }
            if ("record".equals(t.get(0))) {
                return new RecordOf(Shape.ofTerm(t.get(1)));
            }
        }
        if (term instanceof Tuple t && t.size() == 3 && "map".equals(t.get(0))) {
            return new MapOf(ofTerm(t.get(1)), ofTerm(t.get(2)));
        }
        throw new IllegalArgumentException("Not the term of a column's type: " + term);
    }
}
