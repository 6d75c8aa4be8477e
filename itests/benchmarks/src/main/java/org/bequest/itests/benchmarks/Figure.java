// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What was measured.
 *
 * @param error give or take; NaN if it was measured once
 */
record Figure(double value, double error) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The median of repeated measurements, give or take half of their range. */
    static Figure median(double... samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double error = sorted.length == 1 ? Double.NaN : (sorted[sorted.length - 1] - sorted[0]) / 2;
        return new Figure(sorted[sorted.length / 2], error);
    }

    Figure dividedBy(int parts) {
        return new Figure(value / parts, error / parts);
    }

    /** The other way round than {@link #toJson}. */
    static Figure ofJson(String line) throws IOException {
        Map<String, Double> numbers = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.FIELD_NAME
                        && parser.currentToken().isNumeric()) {
                    numbers.put(parser.currentName(), parser.getDoubleValue());
                }
            }
        }
        if (!numbers.containsKey("value")) {
            throw new IOException("This is no figure: " + line);
        }
        return new Figure(numbers.get("value"), numbers.getOrDefault("error", Double.NaN));
    }

    String toJson() {
        return "{\"value\":" + number(value) + ",\"error\":" + number(error) + "}";
    }

    static String number(double value) {
        return Double.isFinite(value) ? Double.toString(Math.round(value * 10) / 10.0) : "null";
    }
}
