// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Terms as people read them, in the way of Erlang: <code>{1, "a", [2.0], #{"k" => null}}</code>. */
final class Text {

    private static final int SHORT = 40;

    private Text() {}

    static String of(@Nullable Object term) {
        StringBuilder text = new StringBuilder();
        append(text, term);
        return text.toString();
    }

    /** As {@link #of}, cut off where it gets too long for a message. */
    static String shortOf(@Nullable Object term) {
        String text = of(term);
        return text.length() <= SHORT ? text : text.substring(0, SHORT - 1) + "…";
    }

    /** Returns the name of the public type that the term is of. */
    static String kindOf(@Nullable Object term) {
        return switch (Kind.of(term)) {
            case NULL -> "null";
            case TUPLE -> "Tuple";
            case LIST -> "List";
            case MAP -> "Map";
            default -> Objects.requireNonNull(term).getClass().getSimpleName();
        };
    }

    private static void append(StringBuilder text, @Nullable Object term) {
        if (term instanceof String string) {
            text.append('"')
                    .append(string.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        } else if (term instanceof Tuple tuple) {
            text.append('{');
            for (int i = 0; i < tuple.size(); i++) {
                append(text.append(i == 0 ? "" : ", "), tuple.get(i));
            }
            text.append('}');
        } else if (term instanceof ListTerm list) {
            text.append('[');
            for (int i = 0; i < list.size(); i++) {
                append(text.append(i == 0 ? "" : ", "), list.get(i));
            }
            text.append(']');
        } else if (term instanceof MapTerm map) {
            text.append("#{");
            for (int i = 0; i < map.size(); i++) {
                append(text.append(i == 0 ? "" : ", "), map.keyAt(i));
                append(text.append(" => "), map.valueAt(i));
            }
            text.append('}');
        } else {
            text.append(term);
        }
    }
}
