// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import java.util.Random;
import java.util.function.Consumer;

/** Random tests that can be run again. */
final class Seeds {
    private static final String PROPERTY = "seed";

    private Seeds() {}

    /** Runs the test so often, each time with another seed; or, if a seed was given, once with that. */
    static void each(int times, Consumer<Random> test) {
        Long given = Long.getLong(PROPERTY);
        long first = given != null ? given : System.nanoTime();
        for (long seed = first; seed < first + (given != null ? 1 : times); seed++) {
            try {
                test.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
