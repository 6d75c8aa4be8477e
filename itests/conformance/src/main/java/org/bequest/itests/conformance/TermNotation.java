// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** How recordings write terms in JSON: a float is {@code {"f":1.5}}, a tuple {@code {"t":[…]}}, a map {@code {"m":[[k,v],…]}}. */
final class TermNotation {
    private TermNotation() {}

    /** @throws MalformedException if it is the notation of no term */
    static Object read(@Nullable Object json) {
        if (json instanceof List<?> elements) {
            return Terms.keyOf(elements.stream().map(TermNotation::read).toList());
        }
        if (json instanceof Long || json instanceof BigInteger || json instanceof Boolean || json instanceof String) {
            return json;
        }
        if (json instanceof Map<?, ?> tagged && tagged.size() == 1) {
            Map.Entry<?, ?> only = tagged.entrySet().iterator().next();
            if ("f".equals(only.getKey()) && only.getValue() instanceof Number number) {
                return number(number);
            }
            if ("t".equals(only.getKey()) && only.getValue() instanceof List<?> elements) {
                return Tuple.of(elements.stream().map(TermNotation::read).toArray());
            }
            if ("m".equals(only.getKey()) && only.getValue() instanceof List<?> pairs) {
                return map(pairs);
            }
        }
        throw new MalformedException("No term: " + Json.write(json));
    }

    private static Object number(Number number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            throw new MalformedException("No float: " + number);
        }
        return value;
    }

    private static Object map(List<?> pairs) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> two) || two.size() != 2) {
                throw new MalformedException("No pair of a map: " + Json.write(pair));
            }
            if (map.put(read(two.get(0)), read(two.get(1))) != null) {
                throw new MalformedException("Twice in a map: " + Json.write(two.get(0)));
            }
        }
        return Terms.keyOf(map);
    }

    /** What {@link #read} makes an equal term of, if there is such; else something that people can read. */
    static String write(@Nullable Object term) {
        return Json.write(json(term));
    }

    private static @Nullable Object json(@Nullable Object term) {
        if (term instanceof Double) {
            return Map.of("f", term);
        }
        if (term instanceof Tuple tuple) {
            return Map.of("t", json(tuple.toList()));
        }
        if (term instanceof List<?> elements) {
            List<@Nullable Object> json = new ArrayList<>();
            elements.forEach(element -> json.add(json(element)));
            return json;
        }
        if (term instanceof Map<?, ?> map) {
            List<@Nullable Object> pairs = new ArrayList<>();
            map.forEach((key, value) -> pairs.add(json(Tuple.of(key, value).toList())));
            return Map.of("m", pairs);
        }
        return term;
    }
}
