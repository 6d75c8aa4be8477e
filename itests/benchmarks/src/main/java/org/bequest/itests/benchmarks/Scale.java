// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/**
 * How thoroughly to measure.
 *
 * @see #FULL
 */
enum Scale {
    /** To be quoted: each measurement in a JVM of its own, warmed up. */
    FULL(true, 3, 5, 300, 1_000, 1_500, 500),
    /** To see where one is: the smallest size of each case only, all in this JVM. */
    QUICK(false, 1, 2, 150, 100, 300, 50),
    /** To see that it works. */
    SMOKE(false, 0, 1, 10, 0, 0, 3);

    /** Whether each measurement has a JVM of its own. */
    final boolean forks;

    final int warmups;
    final int iterations;
    /** Of one iteration. */
    final int iterationMillis;
    /** Of what is warmed up and repeated otherwise, as long as there is time. */
    final int warmupMillis;

    final int measurementMillis;
    /** How many latencies to take. */
    final int samples;

    Scale(
            boolean forks,
            int warmups,
            int iterations,
            int iterationMillis,
            int warmupMillis,
            int measurementMillis,
            int samples) {
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
        this.warmupMillis = warmupMillis;
        this.measurementMillis = measurementMillis;
        this.samples = samples;
    }
}
