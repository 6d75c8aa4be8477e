// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import org.jspecify.annotations.Nullable;

/**
 * The classes of {@link PackedTuple}: {@code N2R4} has fields for two numbers and four references. Most have an even number
 * of references: as long as these take four bytes, one alone would leave as many unused, for the sizes of objects are
 * multiples of eight.
 */
final class PackedFields {

    private PackedFields() {}

    /** Returns the tuple with that layout, so many numbers and references, and that content. */
    static PackedTuple of(int layout, int numbers, int references, PackedTuple.Content c) {
        return switch (numbers) {
            case 1 ->
                references == 0
                        ? new N1(layout, c.number(0))
                        : references <= 2
                                ? new N1R2(layout, c.number(0), c.reference(0), c.reference(1))
                                : references <= 4
                                        ? new N1R4(
                                                layout,
                                                c.number(0),
                                                c.reference(0),
                                                c.reference(1),
                                                c.reference(2),
                                                c.reference(3))
                                        : new N1R5(
                                                layout,
                                                c.number(0),
                                                c.reference(0),
                                                c.reference(1),
                                                c.reference(2),
                                                c.reference(3),
                                                c.reference(4));
            case 2 ->
                references == 0
                        ? new N2(layout, c.number(0), c.number(1))
                        : references <= 2
                                ? new N2R2(layout, c.number(0), c.number(1), c.reference(0), c.reference(1))
                                : new N2R4(
                                        layout,
                                        c.number(0),
                                        c.number(1),
                                        c.reference(0),
                                        c.reference(1),
                                        c.reference(2),
                                        c.reference(3));
            case 3 ->
                references == 0
                        ? new N3(layout, c.number(0), c.number(1), c.number(2))
                        : references <= 2
                                ? new N3R2(
                                        layout, c.number(0), c.number(1), c.number(2), c.reference(0), c.reference(1))
                                : new N3R3(
                                        layout,
                                        c.number(0),
                                        c.number(1),
                                        c.number(2),
                                        c.reference(0),
                                        c.reference(1),
                                        c.reference(2));
            case 4 ->
                references == 0
                        ? new N4(layout, c.number(0), c.number(1), c.number(2), c.number(3))
                        : new N4R2(
                                layout,
                                c.number(0),
                                c.number(1),
                                c.number(2),
                                c.number(3),
                                c.reference(0),
                                c.reference(1));
            case 5 ->
                references == 0
                        ? new N5(layout, c.number(0), c.number(1), c.number(2), c.number(3), c.number(4))
                        : new N5R1(
                                layout,
                                c.number(0),
                                c.number(1),
                                c.number(2),
                                c.number(3),
                                c.number(4),
                                c.reference(0));
            default -> new N6(layout, c.number(0), c.number(1), c.number(2), c.number(3), c.number(4), c.number(5));
        };
    }

    static sealed class N1 extends PackedTuple {
        N1(int layout, long first) {
            super(layout, first);
        }
    }

    static sealed class N1R2 extends N1 {
        private final @Nullable Object a;
        private final @Nullable Object b;

        N1R2(int layout, long first, @Nullable Object a, @Nullable Object b) {
            super(layout, first);
            this.a = a;
            this.b = b;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return index == 0 ? a : b;
        }
    }

    static sealed class N1R4 extends N1R2 {
        private final @Nullable Object c;
        private final @Nullable Object d;

        N1R4(int layout, long first, @Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d) {
            super(layout, first, a, b);
            this.c = c;
            this.d = d;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return switch (index) {
                case 2 -> c;
                case 3 -> d;
                default -> super.reference(index);
            };
        }
    }

    static final class N1R5 extends N1R4 {
        private final @Nullable Object e;

        N1R5(
                int layout,
                long first,
                @Nullable Object a,
                @Nullable Object b,
                @Nullable Object c,
                @Nullable Object d,
                @Nullable Object e) {
            super(layout, first, a, b, c, d);
            this.e = e;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return index == 4 ? e : super.reference(index);
        }
    }

    static sealed class N2 extends N1 {
        final long second;

        N2(int layout, long first, long second) {
            super(layout, first);
            this.second = second;
        }
    }

    static sealed class N2R2 extends N2 {
        private final @Nullable Object a;
        private final @Nullable Object b;

        N2R2(int layout, long first, long second, @Nullable Object a, @Nullable Object b) {
            super(layout, first, second);
            this.a = a;
            this.b = b;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return index == 0 ? a : b;
        }
    }

    static final class N2R4 extends N2R2 {
        private final @Nullable Object c;
        private final @Nullable Object d;

        N2R4(
                int layout,
                long first,
                long second,
                @Nullable Object a,
                @Nullable Object b,
                @Nullable Object c,
                @Nullable Object d) {
            super(layout, first, second, a, b);
            this.c = c;
            this.d = d;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return switch (index) {
                case 2 -> c;
                case 3 -> d;
                default -> super.reference(index);
            };
        }
    }

    static sealed class N3 extends N2 {
        final long third;

        N3(int layout, long first, long second, long third) {
            super(layout, first, second);
            this.third = third;
        }
    }

    static sealed class N3R2 extends N3 {
        private final @Nullable Object a;
        private final @Nullable Object b;

        N3R2(int layout, long first, long second, long third, @Nullable Object a, @Nullable Object b) {
            super(layout, first, second, third);
            this.a = a;
            this.b = b;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return index == 0 ? a : b;
        }
    }

    static final class N3R3 extends N3R2 {
        private final @Nullable Object c;

        N3R3(
                int layout,
                long first,
                long second,
                long third,
                @Nullable Object a,
                @Nullable Object b,
                @Nullable Object c) {
            super(layout, first, second, third, a, b);
            this.c = c;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return index == 2 ? c : super.reference(index);
        }
    }

    static sealed class N4 extends N3 {
        final long fourth;

        N4(int layout, long first, long second, long third, long fourth) {
            super(layout, first, second, third);
            this.fourth = fourth;
        }
    }

    static final class N4R2 extends N4 {
        private final @Nullable Object a;
        private final @Nullable Object b;

        N4R2(int layout, long first, long second, long third, long fourth, @Nullable Object a, @Nullable Object b) {
            super(layout, first, second, third, fourth);
            this.a = a;
            this.b = b;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return index == 0 ? a : b;
        }
    }

    static sealed class N5 extends N4 {
        final long fifth;

        N5(int layout, long first, long second, long third, long fourth, long fifth) {
            super(layout, first, second, third, fourth);
            this.fifth = fifth;
        }
    }

    static final class N5R1 extends N5 {
        private final @Nullable Object a;

        N5R1(int layout, long first, long second, long third, long fourth, long fifth, @Nullable Object a) {
            super(layout, first, second, third, fourth, fifth);
            this.a = a;
        }

        @Override
        @Nullable
        Object reference(int index) {
            return a;
        }
    }

    static final class N6 extends N5 {
        final long sixth;

        N6(int layout, long first, long second, long third, long fourth, long fifth, long sixth) {
            super(layout, first, second, third, fourth, fifth);
            this.sixth = sixth;
        }
    }
}
