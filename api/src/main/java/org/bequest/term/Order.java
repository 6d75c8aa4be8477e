// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The two total orders over all terms. They differ in numbers only, wherever these are nested. */
enum Order implements Comparator<@Nullable Object> {
    /** 1 is as great as 1.0: {@link Terms#compare}. */
    BY_VALUE,
    /** Every integer is less than every float. Consistent with {@code equals}; the order of the keys in a map. */
    EXACT;

    @Override
    public int compare(@Nullable Object a, @Nullable Object b) {
        // Most keys are these.
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            return CodePoints.compare(x, y);
        }
        Kind kind = kind(a);
        int byKind = kind.compareTo(kind(b));
        if (byKind != 0) {
            return byKind;
        }
        if (a == b || a == null || b == null) { // null is a kind of its own
            return 0;
        }
        return switch (kind) {
            case NUMBER -> this == EXACT ? Numbers.compareExactly(a, b) : Numbers.compare(a, b);
            case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
            case UUID -> compareUuids((UUID) a, (UUID) b);
            case TIME -> Time.compare(a, b);
            case PID -> comparePids((Pid) a, (Pid) b);
            case TUPLE -> compareTuples((Tuple) a, (Tuple) b);
            case MAP -> compareMaps((MapTerm) a, (MapTerm) b);
            case LIST -> compareLists((ListTerm) a, (ListTerm) b);
            case STRING -> CodePoints.compare((String) a, (String) b);
            case BINARY -> Binary.compare((Binary) a, (Binary) b);
            case NULL, NONE -> throw new AssertionError(kind);
        };
    }

    private static Kind kind(@Nullable Object term) {
        Kind kind = Kind.of(term);
        if (term != null && kind == Kind.NONE) {
            throw NotATermException.of(term);
        }
        return kind;
    }

    /** Unsigned, unlike {@link UUID#compareTo}, so that it is the order of the text. */
    private static int compareUuids(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    private static int comparePids(Pid a, Pid b) {
        int byNode = Long.compare(a.node(), b.node());
        return byNode != 0 ? byNode : Long.compare(a.number(), b.number());
    }

    private int compareTuples(Tuple a, Tuple b) {
        int order = Integer.compare(a.size(), b.size());
        for (int i = 0; order == 0 && i < a.size(); i++) {
            order = compareElements(a, b, i);
        }
        return order;
    }

    /** Without making objects of numbers that are none. */
    private int compareElements(Tuple a, Tuple b, int i) {
        if (a.isLong(i) && b.isLong(i)) {
            return Long.compare(a.getLong(i), b.getLong(i));
        }
        if (a.isDouble(i) && b.isDouble(i)) {
            double x = a.getDouble(i);
            double y = b.getDouble(i);
            return this == EXACT ? Double.compare(x, y) : Numbers.compareFloats(x, y);
        }
        return compare(a.get(i), b.get(i));
    }

    private int compareMaps(MapTerm a, MapTerm b) {
        int order = Integer.compare(a.size(), b.size());
        for (int i = 0; order == 0 && i < a.size(); i++) {
            order = EXACT.compare(a.keyAt(i), b.keyAt(i));
        }
        for (int i = 0; order == 0 && i < a.size(); i++) {
            order = compare(a.valueAt(i), b.valueAt(i));
        }
        return order;
    }

    private int compareLists(ListTerm a, ListTerm b) {
        int shorter = Math.min(a.size(), b.size());
        for (int i = 0; i < shorter; i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
