// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TupleTest {

    private static Tuple counting(int size) {
        return Tuple.of(IntStream.range(0, size).boxed().toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void tuplesOfAllSizesBehaveAlike(int size) {
        Tuple tuple = counting(size);
        List<Long> elements = LongStream.range(0, size).boxed().toList();
        assertThat(tuple.size()).isEqualTo(size);
        assertThat(tuple.toList()).isEqualTo(elements);
        assertThat(Terms.isTerm(tuple.toList())).isTrue();
        assertThat(tuple).isEqualTo(counting(size)).hasSameHashCodeAs(counting(size));
        assertThat(tuple.hashCode()).isEqualTo(elements.hashCode());
        assertThat(tuple).isNotEqualTo(counting(size + 1)).isNotEqualTo(elements);
        assertThat(tuple).hasToString(elements.toString().replace('[', '{').replace(']', '}'));
        for (int i = 0; i < size; i++) {
            assertThat(tuple.get(i)).isEqualTo((long) i);
            assertThat(tuple.getLong(i)).isEqualTo(i);

            Tuple changed = tuple.with(i, (short) 77);
            List<Long> expected = new ArrayList<>(elements);
            expected.set(i, 77L);
            assertThat(changed.toList()).isEqualTo(expected);
            assertThat(changed).isNotEqualTo(tuple);
            assertThat(tuple.get(i)).isEqualTo((long) i);

            Tuple nested = tuple.with(i, tuple);
            assertThat(nested.getTuple(i)).isSameAs(tuple);
            assertThat(nested.with(i, i)).isEqualTo(tuple).hasSameHashCodeAs(tuple);
        }
        for (int index : new int[] {-1, size, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> tuple.get(index))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("A tuple of " + size + " has no element " + index + "; elements count from 0");
            assertThatThrownBy(() -> tuple.with(index, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void tupleIsTheSame_howeverItIsMade() {
        assertThat(Tuple.of()).isSameAs(Tuple.of(new Object[0])).isEqualTo(counting(0));
        assertThat(Tuple.of(0)).isEqualTo(counting(1));
        assertThat(Tuple.of(0, 1)).isEqualTo(counting(2));
        assertThat(Tuple.of(0, 1, 2)).isEqualTo(counting(3));
        assertThat(Tuple.of(0, 1, 2, 3)).isEqualTo(counting(4));
        assertThat(Tuple.of(List.of(), 1, 2).with(0, 0)).isEqualTo(counting(3));
    }

    @Test
    void tupleHoldsNull() {
        assertThat(Tuple.of((Object) null).toList()).isEqualTo(Arrays.asList((Object) null));
        assertThat(Tuple.of(1, null)).isEqualTo(Tuple.of(1, 2).with(1, null)).hasToString("{1, null}");
        assertThatThrownBy(() -> Tuple.of((Object[]) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("Tuple.of((Object) null)");
    }

    @Test
    void equalityIsExact() {
        Set<Tuple> set = new HashSet<>(List.of(Tuple.of(1), Tuple.of(1.0), Tuple.of(-0.0), Tuple.of(0.0)));
        assertThat(set).hasSize(4).contains(Tuple.of(1L));
        assertThat(Tuple.of(Double.NaN)).isEqualTo(Tuple.of(Double.NaN));
        assertThat(Tuple.of(Tuple.of(1))).isNotEqualTo(Tuple.of(Tuple.of(1.0)));
    }

    @Test
    void typedGettersReturnTheirKind() {
        Tuple tuple = Tuple.of(7, 1.5, "text", true, Tuple.of());
        assertThat(tuple.getLong(0)).isEqualTo(7);
        assertThat(tuple.getDouble(1)).isEqualTo(1.5);
        assertThat(tuple.getString(2)).isEqualTo("text");
        assertThat(tuple.getBoolean(3)).isTrue();
        assertThat(tuple.getTuple(4)).isEqualTo(Tuple.of());
    }

    @Test
    void isLongAndIsDouble_tellWhichNumbersTheTypedGettersReturn() {
        Tuple tuple = Tuple.of(7, 1.5, BigInteger.TEN.pow(30), null);
        assertThat(List.of(tuple.isLong(0), tuple.isLong(1), tuple.isLong(2), tuple.isLong(3)))
                .containsExactly(true, false, false, false);
        assertThat(List.of(tuple.isDouble(0), tuple.isDouble(1), tuple.isDouble(2), tuple.isDouble(3)))
                .containsExactly(false, true, false, false);
        assertThatThrownBy(() -> tuple.isLong(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tuple.isDouble(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void typedGettersRefuseOtherKinds_andSayWhatIsThere() {
        Tuple tuple = Tuple.of(7, null, BigInteger.TEN.pow(30), Tuple.of(List.of()), List.of(), Map.of());
        assertRefused(() -> tuple.getDouble(0), "Element 0 (from 0) of a tuple of 6 is Long, not Double");
        assertRefused(() -> tuple.getLong(1), "Element 1 (from 0) of a tuple of 6 is null, not Long");
        assertRefused(() -> tuple.getLong(2), "Element 2 (from 0) of a tuple of 6 is BigInteger, not Long");
        assertRefused(() -> tuple.getString(3), "Element 3 (from 0) of a tuple of 6 is Tuple, not String");
        assertRefused(() -> tuple.getBoolean(4), "Element 4 (from 0) of a tuple of 6 is List, not Boolean");
        assertRefused(() -> tuple.getTuple(5), "Element 5 (from 0) of a tuple of 6 is Map, not Tuple");
        assertThatThrownBy(() -> tuple.getLong(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ClassCastException.class).hasMessage(message);
    }

    @Test
    void textIsAsErlangWritesIt() {
        @Nullable Object list = Terms.copyOf(List.of(2.0, "say \"hi\"", Map.of("k", true)));
        assertThat(Tuple.of(1, list, new byte[] {1, -1}, new Pid(255, 3)))
                .hasToString("{1, [2.0, \"say \\\"hi\\\"\", #{\"k\" => true}], <<01ff>>, <3.ff>}");
    }
}
