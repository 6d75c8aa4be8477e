// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Comparator;
import java.util.Map;
import org.bequest.term.Terms;

/**
 * An order of keys that are told apart exactly: by their hashes, stirred, lest anybody take it for the order of terms. It is
 * the same for all stores, as long as the JVM runs, and consistent with {@code equals}.
 */
enum HashOrder implements Comparator<Object> {
    BY_HASH;

    /** What no key has as its {@link #code}. */
    static final int NO_CODE = 0;

    private static final int ODD = 0x9E3779B9; // so that different hashes stay different

    /** The place of a key in the order, as an unsigned number; keys that are next to each other may share it. */
    static int code(Object key) {
        int code = key.hashCode() * ODD ^ Integer.MIN_VALUE;
        return code == NO_CODE ? 1 : code;
    }

    @Override
    public int compare(Object a, Object b) {
        int order = Integer.compare(a.hashCode() * ODD, b.hashCode() * ODD);
        if (order != 0 || a.equals(b)) {
            return order;
        }
        int byValue = Terms.compare(a, b);
        return byValue != 0 ? byValue : compareExactly(a, b);
    }

    /** The keys of maps are the one place where terms compare exactly. */
    static int compareExactly(Object a, Object b) {
        return Terms.compare(Terms.copyOf(Map.of(a, true)), Terms.copyOf(Map.of(b, true)));
    }
}
