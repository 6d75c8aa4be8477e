// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bequest.table.Column;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.RecordOf;
import org.bequest.table.Shape;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A record class: how its instances are taken apart and put together. The only place that holds the class; it is reachable
 * from the specs, tables and codecs that were made of it, and from nothing else.
 */
final class RecordMapping implements Mapping {
    /** @param accessor of type (Object)Object */
    record Component(String name, Class<?> type, Mapping mapping, MethodHandle accessor) {
        /** Whether null is impossible. */
        boolean isPrimitive() {
            return type.isPrimitive();
        }
    }

    final Class<?> record;
    final List<Component> components;
    private final String path;
    private final MethodHandle constructor;

    /** @param path of the component that it is; empty for a row */
    RecordMapping(Class<?> record, String path, List<Component> components) {
        this.record = record;
        this.path = path;
        this.components = components;
        try {
            Constructor<?> canonical = record.getDeclaredConstructor(Arrays.stream(record.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            constructor = MethodHandles.lookup().unreflectConstructor(canonical);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Record " + record.getName() + " cannot be put together", e);
        }
    }

    static Component component(RecordComponent component, Mapping mapping) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            MethodHandle handle = MethodHandles.lookup()
                    .unreflect(accessor)
                    .asType(MethodType.methodType(Object.class, Object.class));
            return new Component(component.getName(), component.getType(), mapping, handle);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "Component '" + component.getName() + "' of record "
                            + component.getDeclaringRecord().getName() + " cannot be read",
                    e);
        }
    }

    /** Whether it, or a record in it, has a component of that path. */
    boolean has(String wanted) {
        return components.stream()
                .anyMatch(component -> pathOf(component.name).equals(wanted)
                        || component.mapping.records().anyMatch(nested -> nested.has(wanted)));
    }

    String pathOf(String component) {
        return path.isEmpty() ? component : path + "." + component;
    }

    @Override
    public ColumnType type(Map<String, Object> otherwise) {
        return new RecordOf(shape(otherwise, null, 0, 0));
    }

    /**
     * The shape of a table, or of a component, that is made for it.
     *
     * @param key name of the component that is never null and stands at the key position; null for none
     */
    Shape shape(Map<String, Object> otherwise, @Nullable String key, int keyPosition, int layout) {
        List<Column> columns = new ArrayList<>();
        int next = 0;
        for (Component component : components) {
            boolean isKey = component.name.equals(key);
            if (!isKey && key != null && next == keyPosition) {
                next++;
            }
            ColumnType type = component.mapping.type(otherwise);
            columns.add(new Column(
                    component.name,
                    List.of(),
                    type,
                    !component.isPrimitive() && !isKey,
                    isKey ? null : otherwise(component, type, otherwise),
                    isKey ? keyPosition : next++));
        }
        int width = columns.stream().mapToInt(Column::position).max().orElse(-1) + 1;
        return new Shape(columns, width, layout);
    }

    private @Nullable Object otherwise(Component component, ColumnType type, Map<String, Object> otherwise) {
        String name = pathOf(component.name);
        return otherwise.containsKey(name)
                ? component.mapping.codec(type, otherwise).encode(otherwise.get(name))
                : null;
    }

    @Override
    public Stream<RecordMapping> records() {
        return Stream.of(this);
    }

    @Override
    public RecordCodec codec(ColumnType stored, Map<String, Object> otherwise) {
        if (stored instanceof RecordOf nested) {
            return new RecordCodec(this, nested.fields(), otherwise);
        }
        throw Types.refused(stored, type(otherwise));
    }

    /** The constructor, with each component read where its slot is: of type (Tuple)Object. The slots are in its order. */
    MethodHandle reader(List<Slot> slots) {
        MethodHandle each = MethodHandles.filterArguments(
                constructor, 0, slots.stream().map(Slot::reader).toArray(MethodHandle[]::new));
        MethodType type = MethodType.methodType(record, Tuple.class);
        return MethodHandles.permuteArguments(each, type, new int[slots.size()])
                .asType(type.changeReturnType(Object.class));
    }

    /** @throws Misfit if a component cannot be read in the row, or the constructor does not take them */
    Object create(RecordReader reader, Tuple row) {
        try {
            return reader.read(row);
        } catch (Misfit | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new Misfit("is refused by the constructor of " + record.getSimpleName() + ": " + e, e);
        }
    }

    @Nullable
    Object read(Component component, Object value) {
        if (!record.isInstance(value)) {
            throw new Misfit("is of " + value.getClass().getName() + ", which is not " + record.getName());
        }
        try {
            return component.accessor.invokeExact(value);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new Misfit("cannot be read from a " + record.getSimpleName() + ": " + e, e).in(component.name);
        }
    }
}
