// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

/**
 * The order of strings by code points, which is that of their UTF-8 bytes. {@code String.compareTo} goes by UTF-16
 * units, and so puts U+1F600 (two surrogates) before U+FF21. A surrogate without its other half is its own code point.
 */
final class CodePoints {

    private CodePoints() {}

    static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) || Character.isSurrogate(y) ? compareAround(i, a, b) : x - y;
            }
        }
        return a.length() - b.length();
    }

    /** The units at i differ, but may be second halves of code points that begin one before. */
    private static int compareAround(int i, String a, String b) {
        if (i > 0) {
            int before = Integer.compare(a.codePointAt(i - 1), b.codePointAt(i - 1));
            if (before != 0) {
                return before;
            }
        }
        return Integer.compare(a.codePointAt(i), b.codePointAt(i));
    }
}
