// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/**
 * Something that is measured, of each side in the same way.
 *
 * @param size how many processes it is about
 * @param threads how many ask at the same time
 * @param measure the measurement of those inside a JVM; that of Erlang is in {@code bench.erl}
 */
record Case(Suite suite, String name, int size, int threads, String unit, Measure measure) {
    /** A way of measuring. */
    @FunctionalInterface
    interface Measure {
        Figure of(Case subject, Side side, Scale scale) throws Exception;
    }

    @Override
    public String toString() {
        return suite + "/" + name + "/" + size + "/" + threads;
    }
}
