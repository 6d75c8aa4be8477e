// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bequest.table.Access;
import org.bequest.table.DumpInfo;
import org.bequest.table.Shape;
import org.bequest.table.TableType;
import org.jspecify.annotations.Nullable;

/**
 * What a dump says of its table, as a term: a map, so that later releases can say more, and this one reads it still.
 * What it must not overlook needs another version of the format.
 */
final class DumpHeader {
    private DumpHeader() {}

    static Map<String, Object> toTerm(DumpInfo info) {
        Map<String, Object> term = new HashMap<>(Map.of(
                "name", info.name(),
                "type", info.type().name(),
                "access", info.access().name(),
                "keyPosition", (long) info.keyPosition(),
                "engine", info.engine(),
                "rows", info.rows(),
                "written", info.written()));
        if (info.shape() != null) {
            term.put("shape", info.shape().toTerm());
        }
        return term;
    }

    /** @throws IllegalArgumentException if the term does not describe a table; the message says why */
    static DumpInfo of(@Nullable Object term) {
        if (!(term instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("it is not a map");
        }
        int keyPosition = (int) number(map, "keyPosition");
        return new DumpInfo(
                text(map, "name"),
                choice(map, "type", TableType.values()),
                choice(map, "access", Access.values()),
                keyPosition,
                text(map, "engine"),
                number(map, "rows"),
                shape(map.get("shape"), keyPosition),
                value(map, "written", Instant.class));
    }

    /** @param term null for none */
    private static @Nullable Shape shape(@Nullable Object term, int keyPosition) {
        Shape shape = term == null ? null : Shape.ofTerm(term);
        if (shape != null && shape.at(keyPosition) == null) {
            throw new IllegalArgumentException("its shape has no column for the key");
        }
        return shape;
    }

    private static String text(Map<?, ?> map, String key) {
        String text = value(map, key, String.class);
        if (text.isBlank()) {
            throw new IllegalArgumentException("its " + key + " is blank");
        }
        return text;
    }

    private static <E extends Enum<E>> E choice(Map<?, ?> map, String key, E[] choices) {
        String name = text(map, key);
        for (E choice : choices) {
            if (choice.name().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("its " + key + " is " + name + ", which is none of " + List.of(choices));
    }

    /** No table has more rows, and no row more elements, than a list may have. */
    private static long number(Map<?, ?> map, String key) {
        long number = value(map, key, Long.class);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("its " + key + " is " + number);
        }
        return number;
    }

    private static <T> T value(Map<?, ?> map, String key, Class<T> kind) {
        Object value = map.get(key);
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException("its " + key + " is not there, or no " + kind.getSimpleName());
        }
        return kind.cast(value);
    }
}
