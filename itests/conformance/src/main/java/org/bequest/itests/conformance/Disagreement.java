// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a program first answered differently, or could not be read on. Everything is text.
 *
 * @param line of the file, from 1
 * @param operation what was done, with its number in the program, from 1
 */
public record Disagreement(int line, String program, String operation, String expected, String got) {
    /** For those who share no classes with us. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("line", line);
        map.put("program", program);
        map.put("operation", operation);
        map.put("expected", expected);
        map.put("got", got);
        return map;
    }
}
