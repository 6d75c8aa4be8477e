// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bequest.itests.conformance.Json;
import org.bequest.itests.conformance.MalformedException;
import org.jspecify.annotations.Nullable;

/** A JSON object, whose fields must be there and what they are asked for as. */
record Fields(Map<?, ?> json) {
    Fields(@Nullable Object json) {
        this(json instanceof Map<?, ?> map ? map : malformed("object", json));
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    Fields object(String name) {
        return new Fields(json.get(name));
    }

    List<?> list(String name) {
        return get(name, List.class);
    }

    String text(String name) {
        return get(name, String.class);
    }

    int number(String name) {
        return get(name, Long.class).intValue();
    }

    boolean flag(String name) {
        return get(name, Boolean.class);
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return oneOf(type, (Object) text(name));
    }

    static <E extends Enum<E>> E oneOf(Class<E> type, @Nullable Object json) {
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(json)) {
                return constant;
            }
        }
        throw new MalformedException("No " + type.getSimpleName() + ": " + Json.write(json));
    }

    /** As recordings write it. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private <T> T get(String name, Class<T> type) {
        Object value = json.get(name);
        return type.isInstance(value) ? type.cast(value) : malformed(name, json);
    }

    private static <T> T malformed(String missing, @Nullable Object json) {
        throw new MalformedException("No " + missing + ": " + Json.write(json));
    }

    @Override
    public String toString() {
        return Json.write(json);
    }
}
