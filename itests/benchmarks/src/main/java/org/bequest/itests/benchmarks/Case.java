// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is measured, of each side in the same way.
 *
 * @param size how many processes or rows it is about
 * @param threads how many ask at the same time
 * @param peers with whom it is compared, inside a JVM
 * @param erlang what {@code bench.erl} is called here; null if it does not know the case
 * @param measure the measurement of those inside a JVM; that of Erlang is in {@code bench.erl}
 */
record Case(
        Suite suite,
        String name,
        int size,
        int threads,
        String unit,
        List<Side> peers,
        @Nullable String erlang,
        Measure measure) {
    /** A way of measuring. */
    @FunctionalInterface
    interface Measure {
        Figure of(Case subject, Side side, Scale scale) throws Exception;

        /** What is measured for all rows, for each. */
        default Measure perRow() {
            return (subject, side, scale) -> of(subject, side, scale).dividedBy(subject.size());
        }
    }

    /** The same, compared with others in a JVM. */
    Case with(List<Side> peers) {
        return new Case(suite, name, size, threads, unit, peers, erlang, measure);
    }

    Case threads(int threads) {
        return new Case(suite, name, size, threads, unit, peers, erlang, measure);
    }

    /** The same, not compared with Erlang. */
    Case withoutErlang() {
        return new Case(suite, name, size, threads, unit, peers, null, measure);
    }

    @Override
    public String toString() {
        return suite + "/" + name + "/" + size + "/" + threads;
    }
}
