// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;

/** What clients see of one update: the longest of their calls that overlap it. Threads: any. */
final class Pause {
    private final long begin;
    private volatile long end = Long.MAX_VALUE;
    private final LongAccumulator longest = new LongAccumulator(Long::max, 0);

    /** @param beginNanos when the update begins, on the same clock as all other times here */
    Pause(long beginNanos) {
        begin = beginNanos;
    }

    void end(long endNanos) {
        end = endNanos;
    }

    /** A call that was made and answered at these times. */
    void saw(long callNanos, long replyNanos) {
        if (replyNanos >= begin && callNanos <= end) {
            longest.accumulate(replyNanos - callNanos);
        }
    }

    double millis() {
        return longest.get() / 1000 / 1000.0;
    }

    /** The median, the 99th percentile (both by nearest rank) and the longest; zeros if there was none. */
    static Map<String, Object> summary(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("p50", percentile(sorted, 50));
        summary.put("p99", percentile(sorted, 99));
        summary.put("max", percentile(sorted, 100));
        return summary;
    }

    private static double percentile(List<Double> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.isEmpty() ? 0 : sorted.get(rank - 1);
    }
}
