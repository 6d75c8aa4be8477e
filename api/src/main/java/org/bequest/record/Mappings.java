// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bequest.table.ColumnType.OneOf;

/** Finds the mapping for a Java type, and says what is wrong with one that has none. Keeps nothing of it. */
final class Mappings {
    private static final String POSSIBLE =
            "Components are primitives and their boxes, String, BigInteger, byte[], enums,"
                    + " Optional, List, Collection, Set and Map of such, records, UUID, Binary, Pid, Tuple, java.time values,"
                    + " and Object for any term.";

    /** The records that are being looked into, the innermost last. */
    private final Deque<Class<?>> inside = new ArrayDeque<>();

    private Mappings() {}

    /** @throws IllegalArgumentException if it has a component that cannot be mapped */
    static RecordMapping of(Class<? extends Record> record) {
        return new Mappings().record(record, "");
    }

    private RecordMapping record(Class<?> record, String path) {
        if (inside.contains(record)) {
            throw new IllegalArgumentException("Record " + record.getName() + " contains itself, by way of component '"
                    + path + "'; a shape has an end. Keep the inner ones in rows of their own, or as a term (Object).");
        }
        inside.addLast(record);
        RecordMapping mapping = new RecordMapping(
                record,
                path,
                Arrays.stream(record.getRecordComponents())
                        .map(component -> {
                            String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
                            return RecordMapping.component(component, of(component.getGenericType(), name));
                        })
                        .toList());
        inside.removeLast();
        return mapping;
    }

    private Mapping of(Type type, String path) {
        if (type instanceof Class<?> javaClass) {
            return ofClass(javaClass, path);
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], path);
        }
        if (type instanceof GenericArrayType || !(type instanceof ParameterizedType generic)) {
            throw impossible(type, path);
        }
        Type[] arguments = generic.getActualTypeArguments();
        return ofContainer(
                (Class<?>) generic.getRawType(),
                Arrays.stream(arguments).map(argument -> of(argument, path)).toList(),
                path);
    }

    private Mapping ofClass(Class<?> type, String path) {
        Leaf leaf = Leaf.of(type);
        if (leaf != null) {
            return leaf;
        }
        if (type.isEnum()) {
            return new Leaf(
                    type,
                    new OneOf(Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList()));
        }
        if (type.isRecord()) {
            return record(type, path);
        }
        return ofContainer(type, List.of(of(Object.class, path), of(Object.class, path)), path);
    }

    private Mapping ofContainer(Class<?> type, List<Mapping> parts, String path) {
        if (type == Optional.class) {
            return new Wrapped(parts.get(0));
        }
        if (type == List.class || type == Collection.class) {
            return new Elements(parts.get(0), false);
        }
        if (type == Set.class) {
            return new Elements(parts.get(0), true);
        }
        if (type == Map.class) {
            return new Pairs(parts.get(0), parts.get(1));
        }
        throw impossible(type, path);
    }

    private IllegalArgumentException impossible(Type type, String path) {
        return new IllegalArgumentException(
                "Component '" + path + "' of record " + inside.getFirst().getName() + " is of " + type.getTypeName()
                        + ", of which no column can be made. " + POSSIBLE);
    }
}
