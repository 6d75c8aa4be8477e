// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tuples hold is the same whether their numbers are objects or not: lists of the same elements are the model. */
class PackedTupleTest {

    /** One more than are packed. */
    private static final int MAX_SIZE = Packing.MAX_SIZE + 1;

    @Test
    void elementsAreWhatWasGiven_forAllKindsInAllPositions() {
        for (int size = 1; size <= MAX_SIZE; size++) {
            for (int kinds = 0; kinds < 1 << 2 * size; kinds++) {
                List<@Nullable Object> model = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    model.add(
                            switch (kinds >>> 2 * i & 3) {
                                case 0 -> (Object) (1000L + i);
                                case 1 -> (Object) (1000.5 + i);
                                case 2 -> "text" + i;
                                default -> null;
                            });
                }
                assertHolds(Tuple.of(model.toArray()), model);
                assertHolds(shortcut(model), model);
            }
        }
    }

    /** By the methods for so many elements, if there is one. */
    private static Tuple shortcut(List<@Nullable Object> elements) {
        return switch (elements.size()) {
            case 1 -> Tuple.of(elements.get(0));
            case 2 -> Tuple.of(elements.get(0), elements.get(1));
            case 3 -> Tuple.of(elements.get(0), elements.get(1), elements.get(2));
            default -> Tuple.of(elements.toArray());
        };
    }

    private static void assertHolds(Tuple tuple, List<@Nullable Object> model) {
        if (tuple.size() != model.size() || tuple.hashCode() != model.hashCode()) {
            throw new AssertionError(tuple + " is not " + model);
        }
        for (int i = 0; i < model.size(); i++) {
            Object element = model.get(i);
            boolean isLong = element instanceof Long;
            boolean isDouble = element instanceof Double;
            if (!Objects.equals(tuple.get(i), element)
                    || tuple.isLong(i) != isLong
                    || tuple.isDouble(i) != isDouble
                    || isLong && tuple.getLong(i) != (Long) element
                    || isDouble && tuple.getDouble(i) != (Double) element) {
                throw new AssertionError("Element " + i + " of " + tuple + " is not " + element);
            }
        }
    }

    @Property
    void tuplesAreEqual_ifTheirElementsAre(
            @ForAll("elements") List<@Nullable Object> a, @ForAll("elements") List<@Nullable Object> others) {
        Tuple x = Tuple.of(a.toArray());
        assertThat(x).isEqualTo(Tuple.of(a.toArray())).hasSameHashCodeAs(a);
        assertThat(x.toList()).isEqualTo(a);
        assertThat(x)
                .hasToString(
                        Terms.copyOf(a).toString().replaceFirst("^\\[", "{").replaceFirst("]$", "}"));
        for (List<@Nullable Object> b : neighbours(a, others)) {
            Tuple y = Tuple.of(b.toArray());
            assertThat(x.equals(y)).as("%s, %s", x, y).isEqualTo(a.equals(b));
        }
    }

    @Property
    void tuplesAreOrderedAsTheirElementsAre(
            @ForAll("elements") List<@Nullable Object> a, @ForAll("elements") List<@Nullable Object> others) {
        Tuple x = Tuple.of(a.toArray());
        for (List<@Nullable Object> b : neighbours(a, others)) {
            Tuple y = Tuple.of(b.toArray());
            for (Order order : Order.values()) {
                int expected = Integer.compare(a.size(), b.size());
                for (int i = 0; expected == 0 && i < a.size(); i++) {
                    expected = order.compare(a.get(i), b.get(i));
                }
                assertThat(Integer.signum(order.compare(x, y)))
                        .as("%s, %s", x, y)
                        .isEqualTo(Integer.signum(expected));
            }
        }
    }

    /** Another list, and all that differ from the first in one element, which is there in the other. */
    private static List<List<@Nullable Object>> neighbours(List<@Nullable Object> a, List<@Nullable Object> other) {
        List<List<@Nullable Object>> neighbours = new ArrayList<>(List.of(other));
        for (int i = 0; i < Math.min(a.size(), other.size()); i++) {
            List<@Nullable Object> neighbour = new ArrayList<>(a);
            neighbour.set(i, other.get(i));
            neighbours.add(neighbour);
        }
        return neighbours;
    }

    @Property
    void tupleIsTheSame_howeverItCameToItsElements(
            @ForAll("elements") List<@Nullable Object> from,
            @ForAll("elements") List<@Nullable Object> to,
            @ForAll @IntRange(max = 5) int detour) {
        Tuple target = Tuple.of(to.toArray());
        Tuple tuple = Tuple.of(Arrays.copyOf(from.toArray(), to.size()));
        for (int i = 0; i < to.size(); i++) {
            Tuple before = tuple;
            String text = before.toString();
            tuple = detour == i ? tuple.with(i, List.of()).with(i, to.get(i)) : tuple.with(i, to.get(i));
            assertThat(before).hasToString(text);
        }
        assertThat(tuple).isEqualTo(target).hasSameHashCodeAs(target).hasToString(target.toString());
        assertThat(Terms.compare(tuple, target)).isZero();
    }

    @Provide
    Arbitrary<List<@Nullable Object>> elements() {
        return ArbitraryTerms.leaves().list().ofMaxSize(MAX_SIZE).map(ArrayList::new);
    }

    @Test
    void integersAreLongs() {
        assertThat(Tuple.of(1, "a")).isEqualTo(Tuple.of(1L, "a"));
        assertThat(Tuple.of(1, 2, "a", -3)).isEqualTo(Tuple.of(1L, 2L, "a", -3L));
        assertThat(Tuple.of(1, 2, "a", (byte) -3)).isEqualTo(Tuple.of(1L, 2L, "a", -3L));
    }

    @Test
    void arrayIsNeitherKeptNorChanged() {
        Object[] few = {1, "a", 2.0f, List.of()};
        Object[] many = {1, "a", "b", 2.0, "c", "d", "e"};
        for (Object[] elements : List.of(few, many)) {
            Object[] copy = elements.clone();
            Tuple tuple = Tuple.of(elements);
            assertThat(elements).isEqualTo(copy);
            Arrays.fill(elements, "other");
            assertThat(tuple).isEqualTo(Tuple.of(copy));
        }
    }

    @Test
    void bitsOfANumberThatIsNoneAreKept_andItIsEqualToAllOthers() {
        long bits = 0x7ff8_0000_dead_beefL;
        Tuple tuple = Tuple.of("a", Double.longBitsToDouble(bits));
        assertThat(Double.doubleToRawLongBits(tuple.getDouble(1))).isEqualTo(bits);
        assertThat(tuple).isEqualTo(Tuple.of("a", Double.NaN)).hasSameHashCodeAs(Tuple.of("a", Double.NaN));
    }

    @Test
    void zerosAreAsGreatAsEachOther_butNotEqual() {
        assertThat(Terms.compare(Tuple.of("a", 0.0), Tuple.of("a", -0.0))).isZero();
        assertThat(Tuple.of("a", 0.0)).isNotEqualTo(Tuple.of("a", -0.0));
        assertThat(Order.EXACT.compare(Tuple.of("a", 0.0), Tuple.of("a", -0.0))).isPositive();
    }

    @Test
    void elementThatIsNotThereIsRefused_whateverTheSize() {
        for (int size = 1; size <= Packing.MAX_SIZE; size++) {
            Object[] elements = new Object[size];
            elements[0] = 1;
            Tuple tuple = Tuple.of(elements);
            for (int index : new int[] {-1, size, 6, 7, 10, 32, -32, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                assertRefused(() -> tuple.get(index), size);
                assertRefused(() -> tuple.isLong(index), size);
                assertRefused(() -> tuple.isDouble(index), size);
                assertRefused(() -> tuple.getLong(index), size);
                assertRefused(() -> tuple.getDouble(index), size);
                assertRefused(() -> tuple.getString(index), size);
                assertRefused(() -> tuple.with(index, 1), size);
            }
        }
    }

    private static void assertRefused(Runnable call, int size) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("A tuple of " + size + " has no element ");
    }
}
