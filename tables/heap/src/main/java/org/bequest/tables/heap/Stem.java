// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.UUID;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of one node begin with, all of them: {@code "user:"}, or {@code {"order", 7, ...}}. Among them, digests are of
 * what follows, or they would all be the same.
 */
final class Stem {

    private static final int FINE = 64; // steps there are to be between two neighbours

    private final Object sample; // a key that begins so
    private final int length; // of what is the same: chars, bytes, elements, the first half
    private final @Nullable Stem next; // in the first element that differs

    private Stem(Object sample, int length, @Nullable Stem next) {
        this.sample = sample;
        this.length = length;
        this.next = next;
    }

    /** Whether so many neighbours, whose digests lie so far from each other altogether, can hardly be told apart. */
    static boolean isCrowded(long width, int keys) {
        return Long.compareUnsigned(width, (long) FINE * keys) < 0;
    }

    /** What they have in common if they are crowded; null if that is nothing, or they are not. */
    static @Nullable Stem ifCrowded(Object least, Object greatest, long width, int keys) {
        return isCrowded(width, keys) ? of(least, greatest) : null;
    }

    /** What two keys have in common, and all between them; null for nothing. */
    static @Nullable Stem of(Object least, Object greatest) {
        int length = 0;
        if (least instanceof String a && greatest instanceof String b) {
            length = common(a, b);
        } else if (least instanceof Binary a && greatest instanceof Binary b) {
            length = common(a, b);
        } else if (least instanceof Pid a && greatest instanceof Pid b) {
            length = a.node() == b.node() ? 1 : 0;
        } else if (least instanceof UUID a && greatest instanceof UUID b) {
            length = a.getMostSignificantBits() == b.getMostSignificantBits() ? 1 : 0;
        } else if (least instanceof Tuple a && greatest instanceof Tuple b && a.size() == b.size()) {
            return of(a, b);
        }
        return length == 0 ? null : new Stem(least, length, null);
    }

    private static @Nullable Stem of(Tuple a, Tuple b) {
        int length = 0;
        while (length < a.size() && areEqual(a, b, length)) {
            length++;
        }
        if (length == a.size()) {
            return null;
        }
        Object least = a.get(length);
        Object greatest = b.get(length);
        return new Stem(a, length, least == null || greatest == null ? null : of(least, greatest));
    }

    private static int common(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int length = 0;
        while (length < shorter && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        while (length > 0 && Character.isHighSurrogate(a.charAt(length - 1))) { // no code point is cut in two
            length--;
        }
        return length;
    }

    private static int common(Binary a, Binary b) {
        int shorter = Math.min(a.size(), b.size());
        int length = 0;
        while (length < shorter && a.byteAt(length) == b.byteAt(length)) {
            length++;
        }
        return length;
    }

    /** In the order of keys, as {@link Digest#of}, but of what follows: 0 for keys before all that begin so, -1 for those after. */
    long digest(@Nullable Object key) {
        if (key instanceof String string && sample instanceof String same) {
            if (string.regionMatches(0, same, 0, length)) {
                return Digest.text(string, length);
            }
        } else if (key instanceof Tuple tuple && sample instanceof Tuple same) {
            if (tuple.size() == same.size() && beginsAs(same, tuple)) {
                return next != null ? next.digest(tuple.get(length)) : Digest.of(tuple, length);
            }
        } else if (key instanceof Pid pid && sample instanceof Pid same) {
            if (pid.node() == same.node()) {
                return pid.number() ^ Long.MIN_VALUE;
            }
        } else if (key instanceof UUID uuid && sample instanceof UUID same) {
            if (uuid.getMostSignificantBits() == same.getMostSignificantBits()) {
                return uuid.getLeastSignificantBits();
            }
        } else if (key instanceof Binary binary && sample instanceof Binary same) {
            if (beginsAs(same, binary)) {
                return Digest.bytes(binary, length);
            }
        }
        return Terms.compare(key, sample) < 0 ? 0 : -1;
    }

    private boolean beginsAs(Tuple same, Tuple tuple) {
        for (int i = 0; i < length; i++) {
            if (!areEqual(tuple, same, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqual(Tuple a, Tuple b, int i) {
        return a.isLong(i) && b.isLong(i) ? a.getLong(i) == b.getLong(i) : Terms.compare(a.get(i), b.get(i)) == 0;
    }

    private boolean beginsAs(Binary same, Binary binary) {
        for (int i = 0; i < length; i++) {
            if (i == binary.size() || binary.byteAt(i) != same.byteAt(i)) {
                return false;
            }
        }
        return true;
    }
}
