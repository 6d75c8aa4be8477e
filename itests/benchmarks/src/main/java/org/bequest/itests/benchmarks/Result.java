// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one case.
 *
 * @param ours null if there is none
 * @param peers by name, those that were there, in their order
 */
record Result(Case subject, @Nullable Figure ours, Map<String, Figure> peers) {
    private static final JsonFactory JSON = new JsonFactory();

    String toJson() {
        return "{\"suite\":\"" + subject.suite() + "\",\"case\":\"" + subject.name() + "\",\"size\":" + subject.size()
                + ",\"threads\":" + subject.threads() + ",\"unit\":\"" + subject.unit() + "\",\"ours\":"
                + Figure.number(our(Figure::value)) + ",\"error\":" + Figure.number(our(Figure::error))
                + ",\"peers\":"
                + peers.entrySet().stream()
                        .map(peer -> "\"" + peer.getKey() + "\":"
                                + Figure.number(peer.getValue().value()))
                        .collect(Collectors.joining(",", "{", "}"))
                + "}";
    }

    /**
     * The other way round.
     *
     * @throws IOException if it is no result, or of a case that there is no more
     */
    static Result ofJson(String line) throws IOException {
        Map<String, String> own = new HashMap<>();
        Map<String, Figure> peers = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    if (parser.getParsingContext().getParent().inRoot()) {
                        own.put(parser.currentName(), parser.getText());
                    } else {
                        peers.put(parser.currentName(), new Figure(parser.getDoubleValue(), Double.NaN));
                    }
                }
            }
        }
        String name = own.get("suite") + "/" + own.get("case") + "/" + own.get("size") + "/" + own.get("threads");
        Case subject = Stream.of(Suite.values())
                .flatMap(suite -> suite.cases(Scale.FULL).stream())
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("There is no case " + name + ", measure again: " + line));
        Figure ours = own.containsKey("ours") ? new Figure(number(own, "ours"), number(own, "error")) : null;
        return new Result(subject, ours, peers);
    }

    private static double number(Map<String, String> fields, String name) {
        return Double.parseDouble(fields.getOrDefault(name, "NaN"));
    }

    private double our(ToDoubleFunction<Figure> part) {
        return ours == null ? Double.NaN : part.applyAsDouble(ours);
    }
}
