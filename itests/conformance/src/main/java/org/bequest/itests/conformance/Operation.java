// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call, and what ETS has answered. */
record Operation(String name, Arguments arguments, Expectation expectation) {
    /** @throws MalformedException if it is the notation of none */
    static Operation read(@Nullable Object json) {
        if (json instanceof Map<?, ?> fields
                && fields.get("op") instanceof String name
                && fields.get("args") instanceof List<?> arguments
                && fields.containsKey("expect")) {
            boolean unordered = Boolean.TRUE.equals(fields.get("unordered"));
            return new Operation(name, new Arguments(arguments), new Expectation(fields.get("expect"), unordered));
        }
        throw new MalformedException("No operation: " + Json.write(json));
    }

    @Override
    public String toString() {
        return name + " " + arguments;
    }
}
