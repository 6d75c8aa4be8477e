// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tuple of few leaves of which some are longs or doubles. Each of these costs the eight bytes of its value, and no
 * object: {1, "a", 2} takes 40 bytes, where boxes would make it 72.
 */
abstract sealed class PackedTuple extends Tuple permits PackedFields.N1 {

    /* How it works. Numbers are in fields of their own, doubles as their bits, and so are references, both in the order of the
     * elements. There is a class for each number of both, see PackedFields. The layout says of what kind an element is, and
     * which field of its sort it has: in the lower bits three for the field of each element, from the first one on, in the
     * upper bits two for the kind of each. It follows from the kinds of the elements, so tuples that are equal have the
     * same. It fills a gap that there is anyway between an object's header and its longs.
     *
     * Few instructions matter more than they seem to: who looks at many rows, none of which is in a cache, waits for as many at a
     * time as the processor can look ahead. So an element that is not there simply is of no kind, and what asks for
     * numbers is not final in Tuple: where rows are of one class, this is known before the layout is read.
     *
     * Refused: a class for each layout. It would save 8 bytes where the number of references is odd, but there are 1,086.
     *
     * Why: docs/decisions/0013-stores-of-our-own.md
     */

    private final int layout;
    final long first; // there is no such tuple without a number

    PackedTuple(int layout, long first) {
        this.layout = layout;
        this.first = first;
    }

    /** What is to be in the fields of a tuple: numbers, doubles as their bits, and references, both counted from 0. */
    interface Content {
        long number(int index);

        /** Null also for one more than there are. */
        @Nullable
        Object reference(int index);
    }

    private record NumberChanged(PackedTuple last, int field, long number) implements Content {
        @Override
        public long number(int index) {
            return index == field ? number : last.number(index);
        }

        @Override
        public @Nullable Object reference(int index) {
            return last.reference(index);
        }
    }

    private record ReferenceChanged(
            PackedTuple last, int field, @Nullable Object reference) implements Content {
        @Override
        public long number(int index) {
            return last.number(index);
        }

        @Override
        public @Nullable Object reference(int index) {
            return index == field ? reference : last.reference(index);
        }
    }

    /** A reference, counted from 0. Only of the classes that have any. */
    @Nullable
    Object reference(int field) {
        throw new IndexOutOfBoundsException(field);
    }

    private long number(int field) {
        return switch (field) {
            case 0 -> first;
            case 1 -> ((PackedFields.N2) this).second;
            case 2 -> ((PackedFields.N3) this).third;
            case 3 -> ((PackedFields.N4) this).fourth;
            case 4 -> ((PackedFields.N5) this).fifth;
            default -> ((PackedFields.N6) this).sixth;
        };
    }

    /** Of what kind an element is; 0 if there is none. */
    private int kindOf(int index) {
        return index < 0 || index >= Packing.MAX_SIZE ? 0 : layout >>> Packing.KINDS_AT + 2 * index & 3;
    }

    private int kindThere(int index) {
        int kind = kindOf(index);
        if (kind == 0) {
            throw noElement(index);
        }
        return kind;
    }

    private int fieldOf(int index) {
        return layout >>> 3 * index & 7;
    }

    private long numberOf(int index) {
        return number(fieldOf(index));
    }

    private double doubleOf(int index) {
        return Double.longBitsToDouble(numberOf(index));
    }

    private @Nullable Object referenceOf(int index) {
        return reference(fieldOf(index));
    }

    @Override
    public final boolean isLong(int index) {
        return kindThere(index) == Packing.LONG;
    }

    @Override
    public final long getLong(int index) {
        return kindOf(index) == Packing.LONG ? numberOf(index) : super.getLong(index);
    }

    @Override
    public final boolean isDouble(int index) {
        return kindThere(index) == Packing.DOUBLE;
    }

    @Override
    public final double getDouble(int index) {
        return kindOf(index) == Packing.DOUBLE ? doubleOf(index) : super.getDouble(index);
    }

    @Override
    public final int size() {
        return Packing.MAX_SIZE - Integer.numberOfLeadingZeros(layout) / 2; // for no kind is 0
    }

    @Override
    public final @Nullable Object get(int index) {
        return switch (kindOf(index)) {
            case Packing.REFERENCE -> referenceOf(index);
            case Packing.LONG -> (Object) numberOf(index);
            case Packing.DOUBLE -> (Object) doubleOf(index);
            default -> throw noElement(index);
        };
    }

    @Override
    final int extent() {
        return Extent.flat(size());
    }

    /** Most often an element gives way to another of its kind: then nothing needs a box or another layout. */
    @Override
    final Tuple withTerm(int index, @Nullable Object term) {
        int kind = Packing.kind(term);
        if (kind != kindOf(index)) {
            return super.withTerm(index, term);
        }
        int field = fieldOf(index);
        int references = Integer.bitCount(Packing.references(layout >>> Packing.KINDS_AT));
        Content content = kind == Packing.REFERENCE
                ? new ReferenceChanged(this, field, term)
                : new NumberChanged(this, field, Packing.bits(term));
        return PackedFields.of(layout, size() - references, references, content);
    }

    @Override
    final boolean hasSameElements(Tuple other) {
        PackedTuple that = (PackedTuple) other;
        if (layout != that.layout) {
            return false;
        }
        int size = size();
        for (int i = 0; i < size; i++) {
            boolean same =
                    switch (kindOf(i)) {
                        case Packing.LONG -> numberOf(i) == that.numberOf(i);
                        case Packing.DOUBLE -> Double.compare(doubleOf(i), that.doubleOf(i)) == 0; // as Double.equals
                        default -> Objects.equals(referenceOf(i), that.referenceOf(i));
                    };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    final int hashOf(int index) {
        return switch (kindOf(index)) {
            case Packing.LONG -> Long.hashCode(numberOf(index));
            case Packing.DOUBLE -> Double.hashCode(doubleOf(index));
            default -> Objects.hashCode(referenceOf(index));
        };
    }
}
