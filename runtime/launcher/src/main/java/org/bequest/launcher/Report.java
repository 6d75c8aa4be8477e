// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.util.Locale;
import java.util.Map;

/** The results of a demo as a person likes to read them. */
final class Report {
    private final Map<String, Object> results;
    private final StringBuilder text = new StringBuilder();

    private Report(Map<String, Object> results) {
        this.results = results;
    }

    static String of(Map<String, Object> results) {
        Report report = new Report(results);
        report.row("Words", "%,d in %,d passes, %,d expected", "words", "passes", "expected_words");
        report.row("Lost, doubled", "%,d, %,d", "lost", "doubled");
        report.row("Updates", "%,d in place, %,d side by side", "updates_in_place", "swaps_side_by_side");
        report.row("Crashes", "%,d", "crashes");
        report.row("Calls", "%,d, of them failed %,d", "calls", "calls_failed");
        report.pause("Pause in place", "pause_in_place_ms");
        report.pause("Pause side by side", "pause_side_by_side_ms");
        report.row(
                "Class loaders",
                "%,d replaced, of them collected %,d",
                "class_loaders_replaced",
                "class_loaders_collected");
        report.row("Table", "%,d different words, %,d rows", "distinct", "rows_after");
        return report.text.toString().stripTrailing();
    }

    private void row(String label, String format, String... names) {
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = results.get(names[i]);
        }
        line(label, String.format(Locale.ROOT, format, values));
    }

    private void pause(String label, String name) {
        Map<?, ?> pause = (Map<?, ?>) results.get(name);
        line(
                label,
                String.format(
                        Locale.ROOT,
                        "median %.1f ms, p99 %.1f ms, longest %.1f ms",
                        pause.get("p50"),
                        pause.get("p99"),
                        pause.get("max")));
    }

    private void line(String label, String value) {
        text.append(String.format("%-20s%s%n", label, value));
    }
}
