// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a recording. After its first disagreement the rest of a program says nothing any more, as what it runs on is
 * not the same: from there on, all operations of the program count as disagreed. What cannot be read counts as one, at least.
 *
 * @param programs lines, also those that could not be read
 * @param disagreements at most one for each program
 */
public record Result(int programs, long agreed, long disagreed, List<Disagreement> disagreements) {
    /** For those who share no classes with us. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("programs", programs);
        map.put("agreed", agreed);
        map.put("disagreed", disagreed);
        map.put("disagreements", disagreements.stream().map(Disagreement::asMap).toList());
        return map;
    }
}
