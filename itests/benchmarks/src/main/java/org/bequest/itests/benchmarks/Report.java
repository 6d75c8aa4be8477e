// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results as a person likes to read them: a line each. */
final class Report {
    private Report() {}

    static String header(Suite suite) {
        return String.format(
                Locale.ROOT,
                "%-29s%10s%9s  %-14s%12s%10s  %s",
                suite,
                "size",
                "threads",
                "unit",
                "Bequest",
                "+/-",
                "peers (times)");
    }

    static String line(Result result) {
        Case subject = result.subject();
        Figure ours = result.ours();
        return String.format(
                Locale.ROOT,
                "%-29s%,10d%9d  %-14s%12s%10s  %s",
                subject.name(),
                subject.size(),
                subject.threads(),
                subject.unit(),
                ours == null ? "-" : number(ours.value()),
                ours == null ? "-" : number(ours.error()),
                peers(result));
    }

    /** Each with its figure, and how many times ours that is. */
    static String peers(Result result) {
        return result.peers().entrySet().stream()
                .map(peer -> peer.getKey() + " " + number(peer.getValue().value()) + " ("
                        + times(result.ours(), peer.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String times(@Nullable Figure ours, Figure peer) {
        return ours == null ? "-" : String.format(Locale.ROOT, "%.2f", peer.value() / ours.value());
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
