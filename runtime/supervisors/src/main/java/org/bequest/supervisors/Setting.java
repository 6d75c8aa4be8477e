// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.bequest.process.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * A property of a configuration, to be read. What it cannot be read as is refused with its name.
 *
 * @param text as it was set; null if it was not
 */
record Setting(String property, @Nullable String text) {
    /** A time without end. */
    private static final String INFINITY = "infinity";

    boolean isSet() {
        return text != null && !text.isBlank();
    }

    String required() {
        if (text == null || text.isBlank()) {
            throw wrong("must be set, and not be blank");
        }
        return text.strip();
    }

    int number() {
        try {
            return Integer.parseUnsignedInt(required());
        } catch (NumberFormatException unreadable) {
            throw wrong("must be a number from 0");
        }
    }

    /** Of milliseconds, or infinity. */
    Duration time() {
        String time = required();
        if (time.equalsIgnoreCase(INFINITY)) {
            return ProcessSpec.FOREVER;
        }
        if (!time.matches("\\d{1,18}")) {
            throw wrong("must be a number of milliseconds, or " + INFINITY);
        }
        return Duration.ofMillis(Long.parseLong(time));
    }

    boolean yes() {
        String answer = required();
        if (!answer.equalsIgnoreCase("true") && !answer.equalsIgnoreCase("false")) {
            throw wrong("must be true or false");
        }
        return Boolean.parseBoolean(answer);
    }

    <E extends Enum<E>> E oneOf(Class<E> kind) {
        String name = required().replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("must be one of " + Arrays.toString(kind.getEnumConstants())));
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(property + " " + what + (text == null ? "" : ", was '" + text + "'"));
    }
}
