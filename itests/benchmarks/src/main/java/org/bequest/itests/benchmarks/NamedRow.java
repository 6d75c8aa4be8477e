// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/** Another row of the suite {@code memory}: both strings are its own, of 12 letters. */
record NamedRow(String key, String text, double number) {
    private static final int FIRST = 100_000_000;

    static NamedRow of(int number) {
        String digits = Integer.toString(FIRST + number);
        return new NamedRow("row" + digits, "for" + digits, number / 3.0);
    }
}
