// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.util.ArrayList;
import java.util.List;

/** A session as a page shows it, in the page's order. Immutable. */
record Transcript(List<Part> parts) {
    static final String PROMPT = "bequest> ";

    private static final String MARK = "<!-- replay -->";
    private static final String FENCE = "```";

    sealed interface Part {}

    /** A line that is there for people: begins with {@code #}, or is blank. */
    record Remark(String text) implements Part {}

    /** @param answer the lines that are expected, without blanks at their ends; none of them is blank */
    record Step(String command, List<String> answer) implements Part {
        Step {
            answer = List.copyOf(answer);
        }
    }

    Transcript {
        parts = List.copyOf(parts);
    }

    /**
     * The one fenced block of the page that has the mark {@code <!-- replay -->} above it.
     *
     * @throws IllegalArgumentException if there is none, or more than one, or it begins with an answer; says where
     */
    static Transcript of(String page) {
        List<String> lines = page.lines().map(String::stripTrailing).toList();
        int mark = lines.indexOf(MARK);
        if (mark < 0 || mark != lines.lastIndexOf(MARK)) {
            throw new IllegalArgumentException("There has to be one line " + MARK + ", with a fenced block under it");
        }
        int end = mark + 2;
        while (end < lines.size() && !lines.get(end).equals(FENCE)) {
            end++;
        }
        if (end >= lines.size() || !lines.get(mark + 1).startsWith(FENCE)) {
            throw new IllegalArgumentException("Line " + (mark + 1) + ": there is no fenced block under " + MARK);
        }
        List<Part> parts = new ArrayList<>();
        for (int i = mark + 2; i < end; ) {
            String line = lines.get(i);
            int next = i + 1;
            if (line.startsWith(PROMPT)) {
                while (next < end && isAnswer(lines.get(next))) {
                    next++;
                }
                parts.add(new Step(line.substring(PROMPT.length()), lines.subList(i + 1, next)));
            } else if (isAnswer(line)) {
                throw new IllegalArgumentException("Line " + (i + 1) + " answers no command: " + line);
            } else {
                parts.add(new Remark(line));
            }
            i = next;
        }
        return new Transcript(parts);
    }

    private static boolean isAnswer(String line) {
        return !line.isEmpty() && !line.startsWith("#") && !line.startsWith(PROMPT);
    }
}
