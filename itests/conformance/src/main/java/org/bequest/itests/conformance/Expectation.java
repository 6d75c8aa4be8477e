// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What ETS has answered.
 *
 * @param unordered whether a list may have its elements in any order
 */
record Expectation(@Nullable Object json, boolean unordered) {
    boolean isMetBy(Answer answer) {
        if (json instanceof Map<?, ?> tagged && "badarg".equals(tagged.get("error"))) {
            return answer instanceof Answer.Refusal;
        }
        if (json instanceof Map<?, ?> tagged && Boolean.TRUE.equals(tagged.get("end"))) {
            return answer instanceof Answer.End;
        }
        Object expected = TermNotation.read(json);
        if (!(answer instanceof Answer.Term term)) {
            return false;
        }
        if (!unordered) {
            return Terms.equal(expected, term.value());
        }
        if (!(expected instanceof List<?> some)) {
            throw new MalformedException("Unordered, but no list: " + Json.write(json));
        }
        return term.value() instanceof List<?> others && counts(some).equals(counts(others));
    }

    /** How often each is in the list. */
    private static Map<@Nullable Object, Integer> counts(List<?> elements) {
        Map<@Nullable Object, Integer> counts = new HashMap<>();
        elements.forEach(element -> counts.merge(element, 1, Integer::sum));
        return counts;
    }

    @Override
    public String toString() {
        return Json.write(json) + (unordered ? ", in any order" : "");
    }
}
