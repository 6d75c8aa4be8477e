// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CopyOfTest {

    @Test
    void smallerNumbersAreWidened() {
        assertThat(Terms.copyOf((byte) -1)).isEqualTo(-1L);
        assertThat(Terms.copyOf((short) -1)).isEqualTo(-1L);
        assertThat(Terms.copyOf(-1)).isEqualTo(-1L);
        assertThat(Terms.copyOf(0.1f)).isEqualTo((double) 0.1f);
        assertThat(Terms.copyOf(List.of((byte) 1, (short) 2, 3, 4f))).isEqualTo(List.of(1L, 2L, 3L, 4.0));
    }

    @Test
    void bigIntegerBecomesLong_whereItFits() {
        BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
        BigInteger min = BigInteger.valueOf(Long.MIN_VALUE);
        assertThat(Terms.isTerm(max)).isFalse();
        assertThat(Terms.copyOf(max)).isEqualTo(Long.MAX_VALUE);
        assertThat(Terms.copyOf(min)).isEqualTo(Long.MIN_VALUE);
        BigInteger more = max.add(BigInteger.ONE);
        BigInteger less = min.subtract(BigInteger.ONE);
        assertThat(Terms.copyOf(more)).isSameAs(more);
        assertThat(Terms.copyOf(less)).isSameAs(less);
    }

    @Test
    void byteArrayBecomesBinary_whichLaterChangesDoNotReach() {
        byte[] bytes = {1, 2};
        Object term = Terms.copyOf(bytes);
        bytes[0] = 9;
        assertThat(term).isEqualTo(Binary.copyOf(new byte[] {1, 2}));
    }

    @Test
    void laterChangesOfListsAndMapsDoNotShow_howeverDeep() {
        List<@Nullable Object> inner = new ArrayList<>(Arrays.asList(1, null));
        Map<Object, @Nullable Object> map = new HashMap<>();
        map.put("list", inner);
        map.put("null", null);
        List<Object> outer = new ArrayList<>(List.of(map));
        Object term = Terms.copyOf(outer);
        Map<Object, @Nullable Object> expected = new HashMap<>();
        expected.put("list", Arrays.asList(1L, null));
        expected.put("null", null);

        inner.add(2);
        map.put("more", 3);
        outer.clear();

        assertThat(term).isEqualTo(List.of(expected));
    }

    @Test
    void keysThatAreListsAreCopied() {
        List<Object> key = new ArrayList<>(List.of(1));
        Object term = Terms.copyOf(Map.of(key, "x"));
        key.add(2);
        assertThat(term).isEqualTo(Map.of(List.of(1L), "x"));
    }

    @Test
    void listsOfTermsCannotBeChanged() {
        List<@Nullable Object> list = list(3, 1, 2);
        assertThatThrownBy(() -> list.add(1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.set(0, 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.sort(Terms.ORDER)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.replaceAll(x -> 0L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.removeIf(x -> true)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.subList(0, 1).clear()).isInstanceOf(UnsupportedOperationException.class);
        list.toArray()[0] = "changed";
        assertThat(list).containsExactly(3L, 1L, 2L);
    }

    @Test
    void mapsOfTermsCannotBeChanged() {
        Map<Object, @Nullable Object> map = map(Map.of("a", 1));
        assertThatThrownBy(() -> map.put("b", 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.keySet().remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.values().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.replaceAll((k, v) -> 0L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.merge("a", 1L, (x, y) -> 2L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(2L))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(map).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void listsAndMapsKeepTheContractsOfTheirInterfaces() {
        List<@Nullable Object> list = list(1, null, "a");
        List<@Nullable Object> plainList = new ArrayList<>(list);
        assertThat(list.equals(plainList)).isTrue();
        assertThat(plainList.equals(list)).isTrue();
        assertThat(list.hashCode()).isEqualTo(plainList.hashCode());

        Map<Object, @Nullable Object> map = map(Map.of(1, "one", 1.0, "float", "k", List.of(1), List.of(2), "list"));
        Map<Object, @Nullable Object> plainMap = new HashMap<>(map);
        assertThat(map.equals(plainMap)).isTrue();
        assertThat(plainMap.equals(map)).isTrue();
        assertThat(map.hashCode()).isEqualTo(plainMap.hashCode());
    }

    @Test
    void mapFindsKeysExactly_andIteratesInTheirOrder() {
        Map<Object, @Nullable Object> map = map(Map.of("k", 0, 1.0, "float", 2, "two", 1, "one", List.of(2), "list"));
        assertThat(map.get(1L)).isEqualTo("one");
        assertThat(map.get(1.0)).isEqualTo("float");
        assertThat(map.get(new ArrayList<>(List.of(2L)))).isEqualTo("list");
        assertThat(map.containsKey(2L)).isTrue();
        assertThat(map.containsKey(2.0)).isFalse();
        assertThat(map.containsKey(1)).isFalse();
        assertThat(map.get(3L)).isNull();
        assertThat(map.get(null)).isNull();
        assertThat(map.keySet()).containsExactly(1L, 2L, 1.0, List.of(2L), "k");
    }

    @Test
    void mapTellsNullValuesFromAbsentKeys() {
        Map<Object, @Nullable Object> plain = new HashMap<>();
        plain.put("a", null);
        Map<Object, @Nullable Object> map = map(plain);
        assertThat(map.containsKey("a")).isTrue();
        assertThat(map.containsKey("b")).isFalse();
    }

    @Test
    void sortedMapIsCopied_whateverItsComparator() {
        TreeMap<String, Object> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER.reversed());
        map.putAll(Map.of("b", 1, "A", 2));
        assertThat(map(map).keySet()).containsExactly("A", "b");
        assertThat(map(map).get("a")).isNull();
    }

    private enum Colour {
        RED
    }

    @SuppressWarnings("serial")
    private static final class MyInteger extends BigInteger {
        MyInteger() {
            super("1".repeat(30));
        }
    }

    static Stream<Arguments> noTerms() {
        return Stream.<Object>of(
                        'a',
                        BigDecimal.ONE,
                        Colour.RED,
                        TimeUnit.DAYS,
                        new Date(),
                        Optional.empty(),
                        new int[] {1},
                        new Object[] {1},
                        new MyInteger(),
                        Set.of(1),
                        Map.entry(1, 2),
                        Object.class,
                        new Object(),
                        new StringBuilder("a"))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("noTerms")
    void whatIsNoTermIsRefused_byClassAndPosition(Object value) {
        assertThat(Terms.isTerm(value)).isFalse();
        assertThatThrownBy(() -> Terms.copyOf(value))
                .isInstanceOf(NotATermException.class)
                .hasMessageStartingWith("The value is of " + value.getClass().getTypeName() + ",")
                .hasMessageContaining("Terms are null, booleans,");
        assertThatThrownBy(() -> Terms.copyOf(List.of(1, "a", Map.of("name", List.of(value)))))
                .isInstanceOf(NotATermException.class)
                .hasMessageStartingWith("The value at [2][\"name\"][0] is of "
                        + value.getClass().getTypeName() + ",");
        assertThatThrownBy(() -> Tuple.of(1, 2, 3, List.of(value)))
                .isInstanceOfSatisfying(
                        NotATermException.class, e -> assertThat(e.position()).isEqualTo("[3][0]"));
    }

    @Test
    void keyThatIsNoTermIsRefused() {
        assertThatThrownBy(() -> Terms.copyOf(List.of(Map.of(List.of('a'), 1))))
                .isInstanceOfSatisfying(
                        NotATermException.class, e -> assertThat(e.position()).isEqualTo("[0]{key}[0]"));
    }

    @Test
    void nullIsNeverAKey() {
        Map<@Nullable Object, Object> map = new HashMap<>();
        map.put(null, 1);
        assertThatThrownBy(() -> Terms.copyOf(map))
                .isInstanceOf(NotATermException.class)
                .hasMessage("The value at {key} is null, which is never a key");
        assertThatThrownBy(() -> Terms.keyOf(null))
                .isInstanceOf(NotATermException.class)
                .hasMessage("The value is null, which is never a key");
        assertThat(Terms.copyOf(null)).isNull();
        assertThat(Terms.keyOf(1)).isEqualTo(1L);
    }

    @Test
    void keysThatBecomeOneAreRefused() {
        assertThatThrownBy(() -> Terms.copyOf(List.of(Map.of(1, "int", 1L, "long"))))
                .isInstanceOf(NotATermException.class)
                .hasMessage("The value at [0] has two keys that become the same term, 1");
    }

    @Test
    void immutableValuesAreTermsAsTheyStand() {
        Instant now = Instant.now();
        assertThat(Terms.copyOf(now)).isSameAs(now);
        List<@Nullable Object> list = list(now);
        assertThat(Terms.copyOf(list)).isSameAs(list);
        assertThat(list(list, 1).get(0)).isSameAs(list);
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(@Nullable Object... elements) {
        return (List<@Nullable Object>) Terms.keyOf(Arrays.asList(elements));
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, @Nullable Object> map(Map<?, ?> map) {
        return (Map<Object, @Nullable Object>) Terms.keyOf(map);
    }
}
