// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/** A row of the suite {@code tables}. */
record Row(long key, String text, long number) {
    private static final int TEXTS = 16;
    private static final String[] TEXT = new String[TEXTS];
    private static final int HALF_BITS = 24;
    private static final int HALF = (1 << HALF_BITS) - 1;

    /** Keys are below. */
    static final long KEYS = 1L << (2 * HALF_BITS);

    static {
        for (int i = 0; i < TEXTS; i++) {
            TEXT[i] = "category-" + i;
        }
    }

    /** The row of that number; its key is another for each, and rows that follow each other have keys far apart. */
    static Row of(int number) {
        return new Row(key(number), TEXT[number % TEXTS], number);
    }

    /** Below {@link #KEYS}; a Feistel network of three rounds, as in {@code bench.erl}. */
    static long key(int number) {
        long left = 0;
        long right = number;
        for (int round = 1; round <= 3; round++) {
            long mixed = left ^ ((right * 0x2545F491L + round) >>> 15 & HALF);
            left = right;
            right = mixed;
        }
        return left << HALF_BITS | right;
    }
}
