// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results as a person likes to read them: a line each. */
final class Report {
    static final String OTP = "OTP";

    private Report() {}

    static String header(Suite suite) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%-20s%10s%9s  %-14s%12s%10s", suite, "size", "threads", "unit", "Bequest", "+/-"));
        peers(suite).forEach(peer -> line.append(String.format(Locale.ROOT, "%15s%9s", peer, "times")));
        return line.toString();
    }

    static String line(Result result) {
        Case subject = result.subject();
        Figure ours = result.ours();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-20s%,10d%9d  %-14s%12s%10s",
                subject.name(),
                subject.size(),
                subject.threads(),
                subject.unit(),
                ours == null ? "-" : number(ours.value()),
                ours == null ? "-" : number(ours.error())));
        peers(subject.suite()).forEach(name -> {
            Figure peer = result.peers().get(name);
            line.append(String.format(
                    Locale.ROOT, "%12s%9s", peer == null ? "-" : number(peer.value()), times(ours, peer)));
        });
        return line.toString();
    }

    private static List<String> peers(Suite suite) {
        return suite.isOtps() ? List.of(suite.peer.title, OTP) : List.of(suite.peer.title);
    }

    private static String times(@Nullable Figure ours, @Nullable Figure peer) {
        return ours == null || peer == null ? "-" : String.format(Locale.ROOT, "%.2f", peer.value() / ours.value());
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
