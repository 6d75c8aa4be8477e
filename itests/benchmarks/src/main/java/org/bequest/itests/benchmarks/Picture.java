// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Figures, drawn: a line for each case, on which a dot for each peer shows how many times Bequest's figure its
 * own is, on a logarithmic scale. Where there are no peers it shows Bequest's figures themselves.
 */
final class Picture {
    private static final int WIDTH = 860;
    private static final int LEFT = 330;
    private static final int RIGHT = 730;
    private static final int ROW = 19;
    private static final int LEGEND = 50;
    private static final int LEGEND_ROW = 18;
    private static final int MARGIN = 24;
    private static final String[] COLOURS = {
        "#d55e00", "#0072b2", "#cc79a7", "#009e73", "#e69f00", "#56b4e9", "#8c6d31", "#8250df", "#84b300"
    };
    private static final String STYLE = """
                .page { fill: #ffffff; stroke: #d0d7de }
                .grid { stroke: #d0d7de }
                .ours { stroke: #1f2328; stroke-width: 2 }
                .error { stroke: #1f2328; stroke-width: 7; stroke-opacity: .25 }
                text { fill: #1f2328 }
                .dim { fill: #57606a }
                .head { font-weight: 600; font-size: 14px }
                @media (prefers-color-scheme: dark) {
                  .page { fill: #161b22; stroke: #30363d }
                  .grid { stroke: #30363d }
                  .ours, .error { stroke: #e6edf3 }
                  text { fill: #e6edf3 }
                  .dim { fill: #9da7b3 }
                }
            """;

    private final String title;
    private final List<Result> results;
    private final List<String> peers;
    private final List<Entry> legend;
    private final int top;
    /** Of the logarithms: a line for each power of it, from the least to the most. */
    private final int base;

    private final int least;
    private final int most;

    /** A peer in the legend. */
    private record Entry(String peer, double x, int y) {}

    Picture(String title, List<Result> results) {
        this.title = title;
        this.results = results.stream().filter(result -> result.ours() != null).toList();
        this.peers = this.results.stream()
                .flatMap(result -> result.peers().keySet().stream())
                .distinct()
                .toList();
        this.legend = legend(peers);
        this.top = 28 + legend.stream().mapToInt(Entry::y).max().orElse(LEGEND);
        double[] all = this.results.stream()
                .flatMapToDouble(result -> DoubleStream.concat(
                        DoubleStream.of(place(result, result.ours())),
                        result.peers().values().stream().mapToDouble(peer -> place(result, peer))))
                .map(Math::log10)
                .toArray();
        double lowest = DoubleStream.of(all).min().orElse(0);
        double highest = DoubleStream.of(all).max().orElse(0);
        this.base = highest - lowest > 2 ? 10 : 2;
        this.least = (int) Math.floor(lowest / Math.log10(base));
        this.most = Math.max(least + 1, (int) Math.ceil(highest / Math.log10(base)));
    }

    /** Where a figure is seen: as it is, or by how many times ours it is. */
    private double place(Result result, Figure figure) {
        return peers.isEmpty() ? figure.value() : figure.value() / result.ours().value();
    }

    String toSvg() {
        int bottom = top + results.size() * ROW;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title\"",
                WIDTH,
                bottom + 50);
        add(
                svg,
                "     font-family=\"system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"12\">");
        add(svg, "  <title id=\"title\">Benchmarks: %s</title>", title);
        svg.append("  <style>\n").append(STYLE).append("  </style>\n");
        add(
                svg,
                "  <rect class=\"page\" x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"10\"/>",
                WIDTH - 1,
                bottom + 49);
        text(
                svg,
                "head",
                MARGIN,
                30,
                "start",
                title + (peers.isEmpty() ? "" : ": its peers' figures, times Bequest's"));
        for (Entry entry : legend) {
            dot(svg, entry.x + 4, entry.y, entry.peer);
            text(svg, "dim", entry.x + 12, entry.y + 4, "start", entry.peer);
        }
        for (int power = least; power <= most; power++) {
            double x = x(Math.pow(base, power));
            add(svg, "  <path class=\"%s\" d=\"M%.1f %d V%d\"/>", "grid", x, top - 8, bottom);
            text(svg, "dim", x, bottom + 16, "middle", power(power));
        }
        if (!peers.isEmpty()) {
            text(svg, "dim", LEFT, bottom + 36, "start", "\u2190 Bequest takes more");
            text(svg, "dim", RIGHT, bottom + 36, "end", "Bequest takes less \u2192");
        }
        for (int i = 0; i < results.size(); i++) {
            row(svg, top + i * ROW + ROW / 2, results.get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static List<Entry> legend(List<String> peers) {
        List<Entry> legend = new ArrayList<>();
        double x = MARGIN;
        int y = LEGEND;
        for (String peer : peers) {
            double width = 30 + peer.length() * 6.9;
            if (x + width > WIDTH - MARGIN) {
                x = MARGIN;
                y += LEGEND_ROW;
            }
            legend.add(new Entry(peer, x, y));
            x += width;
        }
        return legend;
    }

    private void row(StringBuilder svg, int y, Result result) {
        Case subject = result.subject();
        text(
                svg,
                "",
                MARGIN,
                y + 4,
                "start",
                String.format(
                        Locale.ROOT,
                        "%s, %,d%s",
                        subject.name(),
                        subject.size(),
                        subject.threads() == 1 ? "" : ", " + subject.threads() + " threads"));
        Figure ours = result.ours();
        text(svg, "dim", WIDTH - MARGIN, y + 4, "end", Report.number(ours.value()) + " " + subject.unit());
        double x = place(result, ours);
        if (!Double.isNaN(ours.error())) {
            double part = ours.error() / ours.value();
            add(
                    svg,
                    "  <path class=\"error\" d=\"M%.1f %d H%.1f\"/>",
                    x(x * Math.max(0, 1 - part)),
                    y,
                    x(x * (1 + part)));
        }
        add(svg, "  <path class=\"ours\" d=\"M%.1f %d V%d\"/>", x(x), y - 7, y + 7);
        result.peers().forEach((name, peer) -> dot(svg, x(place(result, peer)), y, name));
    }

    private void dot(StringBuilder svg, double x, int y, String peer) {
        add(
                svg,
                "  <circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"%s\"/>",
                x,
                y,
                COLOURS[peers.indexOf(peer) % COLOURS.length]);
    }

    /** Across, from the left edge; what is beyond the scale is at its end. */
    private double x(double place) {
        double power = Math.min(most, Math.max(least, Math.log10(place) / Math.log10(base)));
        return LEFT + (power - least) / (most - least) * (RIGHT - LEFT);
    }

    private String power(int power) {
        return power >= 0 ? String.format(Locale.ROOT, "%,.0f", Math.pow(base, power)) : "1/" + power(-power);
    }

    private static void text(StringBuilder svg, String style, double x, int y, String anchor, String text) {
        add(svg, "  <text class=\"%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>", style, x, y, anchor, text);
    }

    private static void add(StringBuilder svg, String line, Object... values) {
        svg.append(String.format(Locale.ROOT, line, values)).append('\n');
    }
}
