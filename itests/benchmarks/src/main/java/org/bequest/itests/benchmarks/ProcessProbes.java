// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.lang.management.ManagementFactory;

/** Measurements of the suite {@code processes} that need no clock. */
final class ProcessProbes {
    private static final int FIRST = 100;

    private ProcessProbes() {}

    /** What the heap holds more, after a collection, for each idle process. */
    static Figure memory(Case subject, Side side, Scale scale) throws Exception {
        try (Actors actors = side.actors()) {
            for (int i = 0; i < FIRST; i++) {
                actors.spawn();
            }
            long before = heap();
            for (int i = 0; i < subject.size(); i++) {
                actors.spawn();
            }
            return Figure.median((double) (heap() - before) / subject.size());
        }
    }

    /** What the heap holds after a collection, in bytes. */
    static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
