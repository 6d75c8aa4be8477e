// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.Simple;
import org.bequest.term.Binary;
import org.bequest.term.NotATermException;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** A Java type without parts. */
record Leaf(Class<?> javaClass, ColumnType own) implements Mapping {
    private static final Map<Class<?>, Simple> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put(boolean.class, Simple.BOOLEAN);
        TYPES.put(byte.class, Simple.BYTE);
        TYPES.put(Byte.class, Simple.BYTE);
        TYPES.put(short.class, Simple.SHORT);
        TYPES.put(Short.class, Simple.SHORT);
        TYPES.put(int.class, Simple.INT);
        TYPES.put(Integer.class, Simple.INT);
        TYPES.put(long.class, Simple.LONG);
        TYPES.put(Long.class, Simple.LONG);
        TYPES.put(float.class, Simple.FLOAT);
        TYPES.put(Float.class, Simple.FLOAT);
        TYPES.put(double.class, Simple.DOUBLE);
        TYPES.put(Double.class, Simple.DOUBLE);
        TYPES.put(char.class, Simple.CHAR);
        TYPES.put(Character.class, Simple.CHAR);
        TYPES.put(BigInteger.class, Simple.INTEGER);
        TYPES.put(byte[].class, Simple.BINARY);
        TYPES.put(java.time.ZoneOffset.class, Simple.ZONE_ID);
        Fit.CLASSES.forEach((type, javaClass) -> TYPES.put(javaClass, type));
    }

    /** Null if it has parts, or is none that can be mapped. */
    static @Nullable Leaf of(Class<?> javaClass) {
        Simple type = TYPES.get(javaClass);
        return type == null ? null : new Leaf(javaClass, type);
    }

    @Override
    public ColumnType type(Map<String, Object> otherwise) {
        return own;
    }

    @Override
    public Stream<RecordMapping> records() {
        return Stream.empty();
    }

    @Override
    public Codec codec(ColumnType stored, Map<String, Object> otherwise) {
        if (Types.change(stored, own, false) == Change.REFUSED) {
            throw Types.refused(stored, own);
        }
        return new Codec() {
            @Override
            public @Nullable Object encode(@Nullable Object value) {
                return Fit.fit(stored, Fit.fit(own, term(value)));
            }

            @Override
            public @Nullable Object decode(@Nullable Object term) {
                Object fitting = Fit.fit(own, term);
                return fitting == null ? null : value(fitting);
            }
        };
    }

    @Override
    public @Nullable Class<?> asIs() {
        if (own == Simple.LONG) {
            return Long.class;
        }
        if (own == Simple.DOUBLE) {
            return Double.class;
        }
        if (own == Simple.BOOLEAN) {
            return Boolean.class;
        }
        return own != Simple.TERM && Fit.CLASSES.containsKey(own) && javaClass != byte[].class ? javaClass : null;
    }

    /** Strings are let pass for what they are the terms of: callers have them in hand as well. */
    private @Nullable Object term(@Nullable Object value) {
        if (own instanceof ColumnType.OneOf && value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (own == Simple.CHAR && value instanceof Character) {
            return value.toString();
        }
        try {
            return Terms.copyOf(value);
        } catch (NotATermException e) {
            throw new Misfit("is no term: " + e.getMessage(), e);
        }
    }

    private Object value(Object term) {
        if (own == Simple.TERM) {
            return term;
        }
        if (own instanceof ColumnType.OneOf) {
            return constant((String) term);
        }
        Object value =
                switch ((Simple) own) {
                    case BYTE -> ((Long) term).byteValue();
                    case SHORT -> ((Long) term).shortValue();
                    case INT -> ((Long) term).intValue();
                    case INTEGER -> term instanceof Long l ? BigInteger.valueOf(l) : term;
                    case FLOAT -> ((Double) term).floatValue();
                    case CHAR -> ((String) term).charAt(0);
                    case BINARY -> javaClass == byte[].class ? ((Binary) term).toByteArray() : term;
                    default -> term;
                };
        if (!javaClass.isPrimitive() && !javaClass.isInstance(value)) {
            throw new Misfit("is " + term + ", which is no " + javaClass.getSimpleName()); // a region for a ZoneOffset
        }
        return value;
    }

    private Object constant(String name) {
        for (Object constant : javaClass.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new Misfit("is " + name + ", which is no constant of " + javaClass.getSimpleName());
    }
}
