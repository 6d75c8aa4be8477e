// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.Objects;
import org.bequest.term.PackedTuple.Content;
import org.jspecify.annotations.Nullable;

/** The making of a tuple of few leaves: of what kinds they are is asked once, and says of what class it will be. */
final class Packing {

    static final int MAX_SIZE = FlatTuple.MAX_SIZE;

    static final int LONG = 1;
    static final int DOUBLE = 2;
    static final int REFERENCE = 3;
    private static final int OTHER = 1 << 2 * MAX_SIZE; // no term as it stands, or one that holds terms
    private static final int REFERENCES = 0b01_01_01_01_01_01;

    /** Where in a layout the kinds are. */
    static final int KINDS_AT = 20;

    private Packing() {}

    /** Says of what kinds some values are; more than {@link #MAX_SIZE} count as others. */
    static int kinds(@Nullable Object[] values) {
        if (values.length > MAX_SIZE) {
            return OTHER;
        }
        int kinds = 0;
        for (int i = 0; i < values.length; i++) {
            kinds |= kind(values[i]) << 2 * i;
        }
        return kinds;
    }

    static int kinds(@Nullable Object p, @Nullable Object q) {
        return kind(p) | kind(q) << 2;
    }

    static int kinds(@Nullable Object p, @Nullable Object q, @Nullable Object r) {
        return kind(p) | kind(q) << 2 | kind(r) << 4;
    }

    /** Integers are taken for the longs that they become. */
    static int kind(@Nullable Object value) {
        if (value instanceof String || value == null) {
            return REFERENCE;
        }
        if (value instanceof Long || value instanceof Integer) {
            return LONG;
        }
        if (value instanceof Double) {
            return DOUBLE;
        }
        return switch (Kind.of(value)) {
            case TUPLE, MAP, LIST, NONE -> OTHER;
            default -> REFERENCE;
        };
    }

    static boolean areLeaves(int kinds) {
        return kinds < OTHER;
    }

    /** Returns the tuple of a leaf of that kind. */
    static Tuple of(int kind, @Nullable Object p) {
        return kind == REFERENCE ? new FlatTuple.Of1(p) : new PackedFields.N1(layout(kind, 0), bits(p));
    }

    /* Which fields the elements have is said in octal below, the first element's last. */

    /** Returns the tuple of two leaves of those kinds. */
    static Tuple of(int kinds, @Nullable Object p, @Nullable Object q) {
        return switch (references(kinds)) {
            case 0b01_01 -> new FlatTuple.Of2(p, q);
            case 0b01_00 -> new PackedFields.N1R2(layout(kinds, 0_00), bits(p), q, null);
            case 0b00_01 -> new PackedFields.N1R2(layout(kinds, 0_00), bits(q), p, null);
            default -> new PackedFields.N2(layout(kinds, 0_10), bits(p), bits(q));
        };
    }

    /** Returns the tuple of three leaves of those kinds. */
    static Tuple of(int kinds, @Nullable Object p, @Nullable Object q, @Nullable Object r) {
        return switch (references(kinds)) {
            case 0b01_01_01 -> new FlatTuple.Of3(p, q, r);
            case 0b01_01_00 -> new PackedFields.N1R2(layout(kinds, 0_100), bits(p), q, r);
            case 0b01_00_01 -> new PackedFields.N1R2(layout(kinds, 0_100), bits(q), p, r);
            case 0b00_01_01 -> new PackedFields.N1R2(layout(kinds, 0_010), bits(r), p, q);
            case 0b01_00_00 -> new PackedFields.N2R2(layout(kinds, 0_010), bits(p), bits(q), r, null);
            case 0b00_01_00 -> new PackedFields.N2R2(layout(kinds, 0_100), bits(p), bits(r), q, null);
            case 0b00_00_01 -> new PackedFields.N2R2(layout(kinds, 0_100), bits(q), bits(r), p, null);
            default -> new PackedFields.N3(layout(kinds, 0_210), bits(p), bits(q), bits(r));
        };
    }

    /** Returns the tuple of at most {@link #MAX_SIZE} leaves of those kinds. */
    static Tuple of(int kinds, @Nullable Object[] leaves) {
        int references = references(kinds);
        int numbers = leaves.length - Integer.bitCount(references);
        if (numbers == 0) {
            return FlatTuple.ofReferences(leaves);
        }
        int fields = 0;
        int places = 0;
        int number = 0;
        int reference = 0;
        for (int i = 0; i < leaves.length; i++) {
            boolean isReference = (references >>> 2 * i & 1) != 0;
            fields |= (isReference ? reference : number) << 3 * i;
            places |= i << 3 * (isReference ? numbers + reference++ : number++);
        }
        return PackedFields.of(layout(kinds, fields), numbers, reference, new Leaves(leaves, numbers, places));
    }

    /** One bit for each reference, two apart. */
    static int references(int kinds) {
        return kinds & kinds >>> 1 & REFERENCES;
    }

    /** @param places where in the array the numbers are, then the references, three bits each */
    private record Leaves(@Nullable Object[] leaves, int numbers, int places) implements Content {
        @Override
        public long number(int index) {
            return bits(leaves[places >>> 3 * index & 7]);
        }

        @Override
        public @Nullable Object reference(int index) {
            int field = numbers + index;
            return field < leaves.length ? leaves[places >>> 3 * field & 7] : null;
        }
    }

    private static int layout(int kinds, int fields) {
        return kinds << KINDS_AT | fields;
    }

    static long bits(@Nullable Object number) {
        if (number instanceof Long integer) {
            return integer;
        }
        return number instanceof Integer integer
                ? integer
                : Double.doubleToRawLongBits((Double) Objects.requireNonNull(number));
    }
}
