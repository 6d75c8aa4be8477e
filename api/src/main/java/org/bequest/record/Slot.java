// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.bequest.record.RecordMapping.Component;
import org.bequest.table.Column;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Where a component is in the rows of a shape.
 *
 * @param column null if there is none
 * @param codec null if there is no column
 * @param asIs the class whose instances are at once terms of the column and values of the component; null for none
 * @param foreign whether the column is of another type than the component
 * @param absent what the component is where nothing is: in Java, null if nothing was said
 */
record Slot(
        Component component,
        @Nullable Column column,
        @Nullable Codec codec,
        @Nullable Class<?> asIs,
        boolean foreign,
        @Nullable Object absent) {

    private static final MethodHandle READ = method("read", Object.class);
    private static final MethodHandle READ_LONG = method("readLong", long.class);
    private static final MethodHandle READ_DOUBLE = method("readDouble", double.class);

    private static MethodHandle method(String name, Class<?> result) {
        try {
            return MethodHandles.lookup().findVirtual(Slot.class, name, MethodType.methodType(result, Tuple.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What reads the component in a row: of type (Tuple), and returns the component's own type. Throws {@link Misfit}. */
    MethodHandle reader() {
        Class<?> type = component.type();
        MethodHandle read = type == long.class ? READ_LONG : type == double.class ? READ_DOUBLE : READ;
        return read.bindTo(this).asType(MethodType.methodType(type, Tuple.class));
    }

    private long readLong(Tuple row) {
        return asIs != null && column.position() < row.size() && row.isLong(column.position())
                ? row.getLong(column.position())
                : (long) Objects.requireNonNull(read(row));
    }

    private double readDouble(Tuple row) {
        return asIs != null && column.position() < row.size() && row.isDouble(column.position())
                ? row.getDouble(column.position())
                : (double) Objects.requireNonNull(read(row));
    }

    private @Nullable Object read(Tuple row) {
        Object term = column == null ? null : column.in(row);
        if (asIs != null && asIs.isInstance(term)) {
            return term;
        }
        try {
            return unusual(term);
        } catch (Misfit e) {
            throw e.in(component.name());
        }
    }

    private @Nullable Object unusual(@Nullable Object term) {
        if (codec == null || term == null && absent != null) {
            return absent;
        }
        if (term == null && component.isPrimitive()) {
            throw new Misfit("has nothing in this row, and " + component.name() + " cannot be null");
        }
        return codec.decode(term);
    }

    /** Whether a value is its own term in the column. */
    boolean isTerm(@Nullable Object value) {
        return asIs != null && !foreign && asIs.isInstance(value);
    }

    /** @throws Misfit if that is no value of the column, which there is */
    @Nullable
    Object encode(@Nullable Object value) {
        if (isTerm(value)) {
            return value;
        }
        try {
            return RecordCodec.present(
                    column, Objects.requireNonNull(codec).encode(value), "is null, which it may not be");
        } catch (Misfit e) {
            throw e.in(column.name());
        }
    }
}
