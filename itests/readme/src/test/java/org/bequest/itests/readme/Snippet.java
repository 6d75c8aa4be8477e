// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Code that a page shows: a fenced block right after a comment. {@code <!-- FILE#REGION -->} means what is between the
 * comments {@code tag::REGION[]} and {@code end::REGION[]} in that file; {@code <!-- FILE -->} means the whole file, if it is
 * Java from its first type on, without the imports; {@code <!-- session -->}, {@code <!-- replay -->} and {@code <!-- terminal -->}
 * mean that it is run.
 */
record Snippet(Path page, int line, String file, @Nullable String region, List<String> shown) {
    private static final Pattern ORIGIN = Pattern.compile("<!-- ([^ #]+)(?:#(\\S+))? -->");
    private static final Pattern TAG = Pattern.compile("tag::(\\S+)\\[]");
    private static final String FENCE = "```";
    /** In place of a file: what somebody types into the shell, and what it answers. */
    static final String SESSION = "session";
    /** The same, with what it is about; of an example. */
    static final String REPLAY = "replay";
    /** The same, with commands of the system's shell: what is done step by step, on one page. */
    static final String TERMINAL = "terminal";

    /** The code blocks of a page; fails if one in Java does not say where it is from. */
    static List<Snippet> of(Path page) {
        List<String> lines = Pages.lines(page);
        List<Snippet> snippets = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            int end = i + 1;
            while (!lines.get(end).equals(FENCE)) {
                end++;
            }
            Matcher origin = ORIGIN.matcher(i == 0 ? "" : lines.get(i - 1));
            if (origin.matches()) {
                snippets.add(
                        new Snippet(page, i, origin.group(1), origin.group(2), dedented(lines.subList(i + 1, end))));
            } else if (lines.get(i).equals(FENCE + "java")) {
                throw new AssertionError(page + ":" + (i + 1) + " shows Java without <!-- FILE#REGION --> above it");
            }
            i = end;
        }
        return snippets;
    }

    /** What the Java files of a folder have for pages to show, as {@code FILE#REGION}. */
    static List<String> regions(Path folder) throws IOException {
        List<String> regions = new ArrayList<>();
        try (Stream<Path> files = Files.list(Pages.CHECKOUT.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                Matcher tag = TAG.matcher(String.join("\n", Pages.lines(file)));
                while (tag.find()) {
                    regions.add(folder.resolve(file.getFileName()) + "#" + tag.group(1));
                }
            }
        }
        return regions;
    }

    boolean isRun() {
        return Set.of(SESSION, REPLAY, TERMINAL).contains(file);
    }

    /** What the file has there. */
    List<String> source() {
        List<String> lines = Pages.lines(Pages.CHECKOUT.resolve(file));
        if (region == null) {
            return dedented(file.endsWith(".java") ? lines.subList(firstType(lines), lines.size()) : lines);
        }
        int start = indexOf(lines, "tag::" + region + "[]");
        int end = indexOf(lines, "end::" + region + "[]");
        return dedented(lines.subList(start + 1, end));
    }

    private static int firstType(List<String> lines) {
        int first = 0;
        while (lines.get(first).isBlank() || lines.get(first).matches("(//|##).*|(package|import) .*")) {
            first++;
        }
        return first;
    }

    private int indexOf(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(mark)) {
                return i;
            }
        }
        throw new AssertionError(this + " is shown, but there is no " + mark + " in that file");
    }

    /** Moved to the left as far as it goes, without spaces at line ends and blank lines around. */
    private static List<String> dedented(List<String> lines) {
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return String.join(
                        "\n",
                        lines.stream()
                                .map(line -> line.isBlank() ? "" : line.substring(indent))
                                .map(String::stripTrailing)
                                .toList())
                .strip()
                .lines()
                .toList();
    }

    @Override
    public String toString() {
        return page.getFileName() + ":" + (line + 1) + " " + file + (region == null ? "" : "#" + region);
    }
}
