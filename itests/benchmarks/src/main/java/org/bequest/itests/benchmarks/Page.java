// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page about figures. They are beside it, in a folder of its name: {@code performance/figures.jsonl} for {@code
 * performance.md}. Between {@code <!-- figures: SUITE -->} and {@code <!-- end -->} the page gets a picture, which is drawn to
 * {@code performance/SUITE.svg}, and a table; after {@code <!-- figures: slower -->} a list of where a peer is ahead. All else
 * in the page is left alone.
 */
final class Page {
    private static final String FIGURES = "figures.jsonl";
    private static final String END = "<!-- end -->";
    private static final double[] BEHIND = {10, 3, 1.1};

    private final Path page;
    private final Path folder;

    Page(Path page) {
        this.page = page;
        this.folder = page.resolveSibling(page.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
    }

    /** @throws IOException also if a suite that has figures has no place in the page; then nothing is written */
    void renew() throws IOException {
        Path figures = folder.resolve(FIGURES);
        if (!Files.exists(figures)) {
            throw new IOException("There are no figures: ./bequest bench --json > " + figures);
        }
        Map<Suite, List<Result>> suites = new EnumMap<>(Suite.class);
        for (String line : Files.readAllLines(figures)) {
            Result result = Result.ofJson(line);
            suites.computeIfAbsent(result.subject().suite(), suite -> new ArrayList<>())
                    .add(result);
        }
        String text = Files.readString(page);
        for (Map.Entry<Suite, List<Result>> suite : suites.entrySet()) {
            text = with(text, suite.getKey().toString(), picture(suite.getKey()) + table(suite.getValue()));
        }
        text = with(
                text,
                "slower",
                slower(suites.values().stream().flatMap(List::stream).toList()));
        Files.writeString(page, text);
        for (Map.Entry<Suite, List<Result>> suite : suites.entrySet()) {
            Files.writeString(
                    folder.resolve(suite.getKey() + ".svg"), new Picture(suite.getKey(), suite.getValue()).toSvg());
        }
    }

    private String with(String text, String what, String table) throws IOException {
        String begin = "<!-- figures: " + what + " -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf(END, from);
        if (from < 0 || to < 0) {
            throw new IOException("There is no place for the figures '" + what + "' in " + page + ": write '"
                    + begin.strip() + "' and '" + END + "' where they are to be, on lines of their own");
        }
        return text.substring(0, from + begin.length()) + table + text.substring(to);
    }

    private String picture(Suite suite) {
        return "\n![The figures of " + suite + ", drawn](" + folder.getFileName() + "/" + drawing(suite) + ")\n\n";
    }

    private static String drawing(Suite suite) {
        return suite + ".svg";
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
    private static String slower(List<Result> results) {
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
