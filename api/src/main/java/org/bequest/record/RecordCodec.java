// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import org.bequest.record.RecordMapping.Component;
import org.bequest.table.Column;
import org.bequest.table.ColumnType;
import org.bequest.table.Shape;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A record class and a shape, fitted to each other: reads and writes rows of that shape, or nested records. */
final class RecordCodec implements Codec {
    final Shape shape;
    private final RecordMapping mapping;
    private final List<Slot> slots;
    /** The columns that the record knows nothing of. */
    private final List<Column> others;

    /** Replaced in no order: one is as good as the other, but for its speed. */
    private RecordReader reader;

    /** @throws Misfit if a component can never be read */
    RecordCodec(RecordMapping mapping, Shape shape, Map<String, Object> otherwise) {
        this.mapping = mapping;
        this.shape = shape;
        this.slots = mapping.components.stream()
                .map(component -> {
                    try {
                        return slot(component, otherwise);
                    } catch (Misfit e) {
                        throw e.in(component.name());
                    }
                })
                .toList();
        this.others = shape.columns().stream()
                .filter(column -> slots.stream().noneMatch(slot -> column.equals(slot.column())))
                .toList();
        this.reader = new FirstReads(mapping.reader(slots));
    }

    /** Calls the handle as it is: a class for it takes 0.1 to 0.2 ms, which a view of few reads would not be worth. */
    private final class FirstReads extends RecordReader {
        private static final int MANY = 10_000;

        private final MethodHandle handle;
        /** Roughly, if several threads read. */
        private int reads;

        FirstReads(MethodHandle handle) {
            this.handle = handle;
        }

        @Override
        Object read(Tuple row) throws Throwable {
            if (++reads == MANY) {
                reader = CompiledReader.of(handle);
            }
            return handle.invokeExact(row);
        }
    }

    private Slot slot(Component component, Map<String, Object> otherwise) {
        Column column = shape.column(component.name());
        if (column != null && !column.name().equals(component.name()) && hasComponent(column.name())) {
            column = null; // that one has its own component
        }
        ColumnType own = component.mapping().type(otherwise);
        Codec fresh = component.mapping().codec(own, otherwise);
        Object declared = otherwise.get(mapping.pathOf(component.name()));
        Object absent = declared == null ? null : fresh.decode(fresh.encode(declared));
        if (column != null) {
            boolean stays = column.nullable() && !component.isPrimitive(); // then null means null
            return new Slot(
                    component,
                    column,
                    component.mapping().codec(column.type(), otherwise),
                    component.mapping().asIs(),
                    !column.type().equals(own),
                    stays ? null : absent);
        }
        if (absent == null && component.isPrimitive()) {
            throw new Misfit("is not in the table, and has no default");
        }
        return new Slot(component, null, null, null, false, absent == null ? fresh.decode(null) : absent);
    }

    private boolean hasComponent(String name) {
        return mapping.components.stream()
                .anyMatch(component -> component.name().equals(name));
    }

    @Override
    public @Nullable Object decode(@Nullable Object term) {
        if (term == null) {
            return null;
        }
        if (!(term instanceof Tuple row)) {
            throw new Misfit("is " + term + ", which is no record");
        }
        return read(row);
    }

    /** @throws Misfit if it does not fit */
    Object read(Tuple row) {
        return mapping.create(reader, row);
    }

    @Override
    public @Nullable Tuple encode(@Nullable Object value) {
        return value == null ? null : encode(value, null);
    }

    /** @param base the row that it is to take the place of, for what the record knows nothing of; null for none */
    Tuple encode(Object value, @Nullable Tuple base) {
        @Nullable Object[] row = new Object[shape.width()];
        for (Column column : others) {
            Object term = base == null ? column.otherwise() : column.in(base);
            try {
                row[column.position()] = present(column, term, "is not in the record, and has no default");
            } catch (Misfit e) {
                throw e.in(column.name());
            }
        }
        for (Slot slot : slots) {
            if (slot.column() != null) {
                row[slot.column().position()] = slot.encode(mapping.read(slot.component(), value));
            }
        }
        return Tuple.of(row);
    }

    static @Nullable Object present(Column column, @Nullable Object term, String problem) {
        if (term == null && !column.nullable()) {
            throw new Misfit(problem);
        }
        return term;
    }

    /** Where the component is that a column at that position belongs to; null if the record knows nothing of it. */
    @Nullable
    Slot slot(int position) {
        for (Slot slot : slots) {
            if (slot.column() != null && slot.column().position() == position) {
                return slot;
            }
        }
        return null;
    }

    /** The key of a record that perhaps can be no row, to say which one it is; null if it has none that could be one. */
    @Nullable
    Object key(Object value, int position) {
        Slot slot = slot(position);
        try {
            return slot == null ? null : slot.encode(mapping.read(slot.component(), value));
        } catch (Misfit e) {
            return null;
        }
    }

    /** The row with all elements of the shape. */
    Tuple complete(Tuple row) {
        @Nullable Object[] elements = new Object[shape.width()];
        for (Column column : shape.columns()) {
            elements[column.position()] = column.in(row);
        }
        return Tuple.of(elements);
    }

    /** The term for a value of one column. */
    @Nullable
    Object term(Column column, @Nullable Object value) {
        Slot slot = slot(column.position());
        if (slot != null) {
            try {
                return slot.encode(value);
            } catch (Misfit e) {
                if (!slot.foreign() || !Terms.isTerm(value)) {
                    throw e;
                }
            }
        }
        try {
            return present(column, Fit.fit(column.type(), Terms.copyOf(value)), "is null, which it may not be");
        } catch (Misfit e) {
            throw e.in(column.name());
        }
    }
}
