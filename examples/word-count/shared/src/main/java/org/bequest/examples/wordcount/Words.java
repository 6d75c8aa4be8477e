// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts text into words: the longest runs of Unicode letters or digits, in lower case. */
public final class Words {
    private Words() {}

    /** The words of a text, in order; by code points, as a letter may be two chars. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int next = at + Character.charCount(c);
            if (!Character.isLetterOrDigit(c)) {
                add(words, text.substring(start, at));
                start = next;
            }
            at = next;
        }
        add(words, text.substring(start));
        return words;
    }

    private static void add(List<String> words, String run) {
        if (!run.isEmpty()) {
            words.add(run.toLowerCase(Locale.ROOT));
        }
    }
}
