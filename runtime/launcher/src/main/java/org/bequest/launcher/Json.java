// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.util.Map;
import java.util.stream.Collectors;

/** Numbers by name, as JSON. The names are ours and need no escapes. */
final class Json {
    private Json() {}

    static String of(Map<?, ?> numbers) {
        return numbers.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + value(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Object value) {
        return value instanceof Map<?, ?> numbers ? of(numbers) : value.toString();
    }
}
