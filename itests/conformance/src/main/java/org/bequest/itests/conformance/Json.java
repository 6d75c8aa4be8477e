// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain values: {@code Map} in the order written, {@code List}, {@code String}, {@code Boolean}, null; integers as
 * {@code Long} or {@code BigInteger}, whatever is written with a point or an exponent as {@code Double}.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** @throws MalformedException if the text is anything but one value */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new MalformedException("There is more after the end, at column " + column(parser));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedException(
                    e.getOriginalMessage() + ", at column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new MalformedException("It ends too early, at column " + column(parser));
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> Double.valueOf(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedException("Unexpected " + token + " at column " + column(parser));
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static int column(JsonParser parser) {
        return parser.currentLocation().getColumnNr();
    }

    /** What {@link #parse} would read as an equal value. */
    public static String write(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> object) {
            String separator = "{";
            for (Map.Entry<?, ?> field : object.entrySet()) {
                write(field.getKey(), text.append(separator));
                write(field.getValue(), text.append(':'));
                separator = ",";
            }
            text.append(object.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> array) {
            String separator = "[";
            for (Object element : array) {
                write(element, text.append(separator));
                separator = ",";
            }
            text.append(array.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            text.append('"');
            string.chars().forEach(unit -> write((char) unit, text));
            text.append('"');
        } else {
            text.append(value);
        }
    }

    private static void write(char unit, StringBuilder text) {
        if (unit == '"' || unit == '\\') {
            text.append('\\').append(unit);
        } else if (unit < ' ') {
            text.append(String.format("\\u%04x", (int) unit));
        } else {
            text.append(unit);
        }
    }
}
