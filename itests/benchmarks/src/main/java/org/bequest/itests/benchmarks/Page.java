// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page about figures. They are beside it, in a folder of its name: {@code performance/figures.jsonl} for {@code
 * performance.md}. Between {@code <!-- figures: SUITE -->} and {@code <!-- end -->} the page gets a picture, which is drawn to
 * {@code performance/SUITE.svg}, and a table; after {@code <!-- figures: overview -->} those of the few cases that most will ask
 * for, which other pages may show as well; after {@code <!-- figures: slower -->} a list of where a peer is ahead. All else in a
 * page is left alone.
 */
final class Page {
    private static final String FIGURES = "figures.jsonl";
    private static final String END = "<!-- end -->";
    private static final double[] BEHIND = {10, 3, 1.1};
    private static final String OVERVIEW = "overview";
    /** As {@link Case#toString} says them. */
    private static final List<String> OVERVIEW_CASES = List.of(
            "tables/set_lookup_hit/1000000/1",
            "tables/set_insert_new/1000000/1",
            "tables/set_scan/1000000/1",
            "tables/ordered_lookup_hit/1000000/1",
            "tables/ordered_insert_new/1000000/1",
            "tables/ordered_scan/1000000/1",
            "memory/set_long_string_long/1000000/1",
            "memory/ordered_long_string_long/1000000/1",
            "ownership/give_away/1000/1",
            "processes/tell/1/1",
            "processes/call/1/1",
            "processes/call_between/2/1",
            "pools/checkout_checkin/4/1");

    private final Path page;
    private final Path folder;

    Page(Path page) {
        this.page = page;
        this.folder = page.resolveSibling(page.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
    }

    /**
     * @param others pages that show the chosen ones, too
     * @throws IOException also if a suite that has figures has no place in the page; then nothing is written
     */
    void renew(List<Path> others) throws IOException {
        Map<String, List<Result>> parts = parts();
        Map<Path, String> pages = new LinkedHashMap<>();
        pages.put(page, Files.readString(page));
        for (Map.Entry<String, List<Result>> part : parts.entrySet()) {
            pages.put(page, with(page, pages.get(page), part.getKey(), part.getValue()));
        }
        pages.put(page, with(page, pages.get(page), "slower", slower(parts)));
        for (Path other : others) {
            pages.put(other, with(other, Files.readString(other), OVERVIEW, parts.get(OVERVIEW)));
        }
        for (Map.Entry<Path, String> text : pages.entrySet()) {
            Files.writeString(text.getKey(), text.getValue());
        }
        for (Map.Entry<String, List<Result>> part : parts.entrySet()) {
            Files.writeString(drawing(part.getKey()), new Picture(part.getKey(), part.getValue()).toSvg());
        }
    }

    /** The chosen ones, and those of each suite. */
    private Map<String, List<Result>> parts() throws IOException {
        Path figures = folder.resolve(FIGURES);
        if (!Files.exists(figures)) {
            throw new IOException("There are no figures: ./bequest bench --json > " + figures);
        }
        Map<String, List<Result>> parts = new LinkedHashMap<>();
        parts.put(OVERVIEW, new ArrayList<>());
        for (String line : Files.readAllLines(figures)) {
            Result result = Result.ofJson(line);
            parts.computeIfAbsent(result.subject().suite().toString(), suite -> new ArrayList<>())
                    .add(result);
            if (OVERVIEW_CASES.contains(result.subject().toString())) {
                parts.get(OVERVIEW).add(result);
            }
        }
        parts.get(OVERVIEW)
                .sort(Comparator.comparing(
                        result -> OVERVIEW_CASES.indexOf(result.subject().toString())));
        return parts;
    }

    private String with(Path page, String text, String what, List<Result> results) throws IOException {
        Path beside = page.toAbsolutePath().getParent();
        String picture =
                beside.relativize(drawing(what).toAbsolutePath()).toString().replace('\\', '/');
        return with(page, text, what, "\n![The figures of " + what + ", drawn](" + picture + ")\n\n" + table(results));
    }

    private static String with(Path page, String text, String what, String content) throws IOException {
        String begin = "<!-- figures: " + what + " -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf(END, from);
        if (from < 0 || to < 0) {
            throw new IOException("There is no place for the figures '" + what + "' in " + page + ": write '"
                    + begin.strip() + "' and '" + END + "' where they are to be, on lines of their own");
        }
        return text.substring(0, from + begin.length()) + content + text.substring(to);
    }

    private Path drawing(String part) {
        return folder.resolve(part + ".svg");
    }

    private static String table(List<Result> results) {
        StringBuilder table = new StringBuilder("| case | size | threads | unit | Bequest | peers, times Bequest |\n");
        table.append("|---|--:|--:|---|--:|---|\n");
        for (Result result : results) {
            Case subject = result.subject();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %d | %s | %s | %s |\n",
                    subject.name(),
                    subject.size(),
                    subject.threads(),
                    subject.unit(),
                    ours(result.ours()),
                    Report.peers(result)));
        }
        return table.toString();
    }

    /** By how many times, the farthest behind first; only the best peer of each case, and not what is a matter of chance. */
    private static String slower(Map<String, List<Result>> parts) {
        List<Result> results = parts.entrySet().stream()
                .filter(part -> !part.getKey().equals(OVERVIEW))
                .flatMap(part -> part.getValue().stream())
                .toList();
        StringBuilder list = new StringBuilder();
        double most = Double.POSITIVE_INFINITY;
        for (double least : BEHIND) {
            double limit = most;
            String behind = results.stream()
                    .filter(result -> behind(result) >= least && behind(result) < limit)
                    .sorted(Comparator.comparingDouble(Page::behind).reversed())
                    .map(result -> String.format(
                            Locale.ROOT,
                            "%s (%,d%s; %s, %.1f)",
                            result.subject().suite() + "/" + result.subject().name(),
                            result.subject().size(),
                            result.subject().threads() == 1
                                    ? ""
                                    : ", " + result.subject().threads() + " threads",
                            best(result).getKey(),
                            behind(result)))
                    .collect(Collectors.joining(", "));
            list.append(String.format(
                    Locale.ROOT,
                    "- **%.1f times %s:** %s\n",
                    least,
                    Double.isInfinite(most) ? "and more" : String.format(Locale.ROOT, "to %.1f", most),
                    behind.isEmpty() ? "none" : behind));
            most = least;
        }
        return list.toString();
    }

    private static double behind(Result result) {
        return result.ours() == null || result.peers().isEmpty()
                ? 0
                : result.ours().value() / best(result).getValue().value();
    }

    private static Map.Entry<String, Figure> best(Result result) {
        return Collections.min(result.peers().entrySet(), Comparator.comparingDouble(peer -> peer.getValue()
                .value()));
    }

    private static String ours(@Nullable Figure ours) {
        if (ours == null) {
            return "-";
        }
        return Report.number(ours.value()) + (Double.isNaN(ours.error()) ? "" : " ± " + Report.number(ours.error()));
    }
}
