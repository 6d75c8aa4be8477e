// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Comparator;
import java.util.Map;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The orders of keys that are told apart exactly, both consistent with {@code equals}. They are the same for all stores, as
 * long as the JVM runs.
 */
enum HashOrder implements Comparator<Object> {
    /** By their codes, lest anybody take it for the order of terms; of the same code, {@link #EXACTLY}. */
    BY_HASH {
        @Override
        public int compare(Object a, Object b) {
            int order = Integer.compareUnsigned(code(a), code(b));
            return order != 0 ? order : EXACTLY.compare(a, b);
        }
    },
    /** By value, and if that is the same, integers before floats. */
    EXACTLY {
        @Override
        public int compare(Object a, Object b) {
            int byValue = Terms.compare(a, b);
            return byValue != 0 || a.equals(b) ? byValue : Terms.compare(asKey(a), asKey(b));
        }
    };

    /** What no key has as its {@link #code}. */
    static final int NO_CODE = 0;

    /**
     * The place of a key in the order, as an unsigned number; few share it. All bits of the hash reach the upper ones, on
     * which places depend: keys at whatever strides are spread as if by chance, and different hashes stay different.
     */
    static int code(Object key) {
        int code = hash(key);
        code = (code ^ code >>> 16) * 0x85EBCA6B; // as in MurmurHash3
        code = (code ^ code >>> 13) * 0xC2B2AE35;
        return code == NO_CODE ? 1 : code;
    }

    /** A tuple's own hash is the same for many pairs of small numbers, such as {0, 31} and {1, 0}. */
    private static int hash(@Nullable Object term) {
        if (term instanceof Long number) { // as most keys are
            return number.hashCode();
        }
        if (!(term instanceof Tuple tuple)) {
            return term == null ? 0 : term.hashCode();
        }
        int hash = tuple.size();
        for (int i = 0; i < tuple.size(); i++) {
            int next = tuple.isLong(i) ? Long.hashCode(tuple.getLong(i)) : hash(tuple.get(i));
            hash = (hash ^ next) * 0x9E3779B9;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    /** The keys of maps are the one place where terms compare exactly. */
    private static Object asKey(Object key) {
        return Terms.keyOf(Map.of(key, true));
    }
}
