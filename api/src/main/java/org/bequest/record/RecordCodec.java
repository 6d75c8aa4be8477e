// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * Where a component is.
     *
     * @param column null if there is none
     * @param foreign whether the column is of another type than the component
     * @param absent what the component is where nothing is: in Java, null if nothing was said
     */
    private record Slot(
            Component component,
            @Nullable Column column,
            @Nullable Codec codec,
            boolean foreign,
            @Nullable Object absent) {
        @Nullable
        Object read(Tuple row) {
            Object term = column == null ? null : column.in(row);
            if (codec == null || term == null && absent != null) {
                return absent;
            }
            if (term == null && component.primitive()) {
                throw new Misfit("has nothing in this row, and " + component.name() + " cannot be null");
            }
            return codec.decode(term);
        }
    }

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
                .filter(column -> slots.stream().noneMatch(slot -> column.equals(slot.column)))
                .toList();
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
            boolean stays = column.nullable() && !component.primitive(); // then null means null
            return new Slot(
                    component,
                    column,
                    component.mapping().codec(column.type(), otherwise),
                    !column.type().equals(own),
                    stays ? null : absent);
        }
        if (absent == null && component.primitive()) {
            throw new Misfit("is not in the table, and has no default");
        }
        return new Slot(component, null, null, false, absent == null ? fresh.decode(null) : absent);
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
        @Nullable Object[] arguments = new Object[slots.size()];
        for (int i = 0; i < arguments.length; i++) {
            Slot slot = slots.get(i);
            try {
                arguments[i] = slot.read(row);
            } catch (Misfit e) {
                throw e.in(slot.component.name());
            }
        }
        return mapping.create(arguments);
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
            if (slot.column != null) {
                row[slot.column.position()] = encode(slot, mapping.read(slot.component, value));
            }
        }
        return Tuple.of(row);
    }

    private @Nullable Object encode(Slot slot, @Nullable Object value) {
        Column column = Objects.requireNonNull(slot.column);
        try {
            return present(column, Objects.requireNonNull(slot.codec).encode(value), "is null, which it may not be");
        } catch (Misfit e) {
            throw e.in(column.name());
        }
    }

    private static @Nullable Object present(Column column, @Nullable Object term, String problem) {
        if (term == null && !column.nullable()) {
            throw new Misfit(problem);
        }
        return term;
    }

    /** The key of a record that perhaps can be no row, to say which one it is; null if it has none that could be one. */
    @Nullable
    Object key(Object value, int position) {
        try {
            for (Slot slot : slots) {
                if (slot.column != null && slot.column.position() == position) {
                    return encode(slot, mapping.read(slot.component, value));
                }
            }
            return null;
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
        for (Slot slot : slots) {
            if (column.equals(slot.column)) {
                try {
                    return encode(slot, value);
                } catch (Misfit e) {
                    if (!slot.foreign || !Terms.isTerm(value)) {
                        throw e;
                    }
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
