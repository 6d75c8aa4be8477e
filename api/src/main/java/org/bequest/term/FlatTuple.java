// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import org.jspecify.annotations.Nullable;

/**
 * The tuple of few elements, none of which is a tuple, list or map, nor a long or double, see {@link PackedTuple}. It costs
 * its elements and the object's header (a tuple of three: 24 bytes), for there is no array, and its {@link Extent} follows
 * from its size.
 */
abstract sealed class FlatTuple extends Tuple {

    static final int MAX_SIZE = 6;
    static final Tuple EMPTY = new Of0();

    /** Returns the tuple of at most {@link #MAX_SIZE} leaves, none of which is a long or double. */
    static Tuple ofReferences(@Nullable Object[] e) {
        return switch (e.length) {
            case 0 -> EMPTY;
            case 1 -> new Of1(e[0]);
            case 2 -> new Of2(e[0], e[1]);
            case 3 -> new Of3(e[0], e[1], e[2]);
            case 4 -> new Of4(e[0], e[1], e[2], e[3]);
            case 5 -> new Of5(e[0], e[1], e[2], e[3], e[4]);
            case 6 -> new Of6(e[0], e[1], e[2], e[3], e[4], e[5]);
            default -> throw new IllegalArgumentException(e.length + " elements");
        };
    }

    @Override
    final int extent() {
        return Extent.flat(size());
    }

    private static final class Of0 extends FlatTuple {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public @Nullable Object get(int index) {
            throw noElement(index);
        }
    }

    static final class Of1 extends FlatTuple {
        private final @Nullable Object a;

        Of1(@Nullable Object a) {
            this.a = a;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public @Nullable Object get(int index) {
            return switch (index) {
                case 0 -> a;
                default -> throw noElement(index);
            };
        }
    }

    static final class Of2 extends FlatTuple {
        private final @Nullable Object a;
        private final @Nullable Object b;

        Of2(@Nullable Object a, @Nullable Object b) {
            this.a = a;
            this.b = b;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public @Nullable Object get(int index) {
            return switch (index) {
                case 0 -> a;
                case 1 -> b;
                default -> throw noElement(index);
            };
        }
    }

    static final class Of3 extends FlatTuple {
        private final @Nullable Object a;
        private final @Nullable Object b;
        private final @Nullable Object c;

        Of3(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
            this.a = a;
            this.b = b;
            this.c = c;
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public @Nullable Object get(int index) {
            return switch (index) {
                case 0 -> a;
                case 1 -> b;
                case 2 -> c;
                default -> throw noElement(index);
            };
        }
    }

    static final class Of4 extends FlatTuple {
        private final @Nullable Object a;
        private final @Nullable Object b;
        private final @Nullable Object c;
        private final @Nullable Object d;

        Of4(@Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d) {
            this.a = a;
            this.b = b;
            this.c = c;
            this.d = d;
        }

        @Override
        public int size() {
            return 4;
        }

        @Override
        public @Nullable Object get(int index) {
            return switch (index) {
                case 0 -> a;
                case 1 -> b;
                case 2 -> c;
                case 3 -> d;
                default -> throw noElement(index);
            };
        }
    }

    static final class Of5 extends FlatTuple {
        private final @Nullable Object a;
        private final @Nullable Object b;
        private final @Nullable Object c;
        private final @Nullable Object d;
        private final @Nullable Object e;

        Of5(@Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d, @Nullable Object e) {
            this.a = a;
            this.b = b;
            this.c = c;
            this.d = d;
            this.e = e;
        }

        @Override
        public int size() {
            return 5;
        }

        @Override
        public @Nullable Object get(int index) {
            return switch (index) {
                case 0 -> a;
                case 1 -> b;
                case 2 -> c;
                case 3 -> d;
                case 4 -> e;
                default -> throw noElement(index);
            };
        }
    }

    static final class Of6 extends FlatTuple {
        private final @Nullable Object a;
        private final @Nullable Object b;
        private final @Nullable Object c;
        private final @Nullable Object d;
        private final @Nullable Object e;
        private final @Nullable Object f;

        Of6(
                @Nullable Object a,
                @Nullable Object b,
                @Nullable Object c,
                @Nullable Object d,
                @Nullable Object e,
                @Nullable Object f) {
            this.a = a;
            this.b = b;
            this.c = c;
            this.d = d;
            this.e = e;
            this.f = f;
        }

        @Override
        public int size() {
            return 6;
        }

        @Override
        public @Nullable Object get(int index) {
            return switch (index) {
                case 0 -> a;
                case 1 -> b;
                case 2 -> c;
                case 3 -> d;
                case 4 -> e;
                case 5 -> f;
                default -> throw noElement(index);
            };
        }
    }
}
