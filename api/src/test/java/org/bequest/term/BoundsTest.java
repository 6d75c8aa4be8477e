// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Terms are bounded in depth and number, however they are built. */
@Timeout(30)
class BoundsTest {

    static List<UnaryOperator<Object>> wrappers() {
        return List.of(
                inner -> Tuple.of(inner),
                inner -> Tuple.of(inner, 1),
                inner -> Tuple.of(1, 2, inner),
                inner -> Tuple.of(1, 2, 3, 4, 5, 6, inner),
                inner -> Tuple.of(1).with(0, inner),
                inner -> Terms.keyOf(List.of(inner)),
                inner -> Terms.keyOf(Map.of("k", inner)),
                inner -> Terms.keyOf(Map.of(inner, "v")),
                inner -> inner instanceof Tuple tuple ? Terms.keyOf(List.of(tuple)) : Tuple.of(inner));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void nestingIsAllowedToTheMaximum_andRefusedBeyond(UnaryOperator<Object> wrap) {
        Object deepest = nested(wrap, Terms.MAX_DEPTH);
        Object same = nested(wrap, Terms.MAX_DEPTH);
        assertThat(deepest.equals(same)).isTrue();
        assertThat(deepest.hashCode()).isEqualTo(same.hashCode());
        assertThat(Terms.compare(deepest, same)).isZero();
        assertThatThrownBy(() -> wrap.apply(deepest))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("nested deeper than 128");
    }

    private static Object nested(UnaryOperator<Object> wrap, int depth) {
        Object term = "leaf";
        for (int i = 0; i < depth; i++) {
            term = wrap.apply(term);
        }
        return term;
    }

    @Test
    void depthOfCollectionsIsThatOfTheirTerms() {
        Object list = "leaf";
        for (int i = 0; i < Terms.MAX_DEPTH; i++) {
            list = List.of(list);
        }
        assertThat(Terms.copyOf(list)).isEqualTo(list);
        Object deeper = List.of(list);
        assertThatThrownBy(() -> Terms.copyOf(deeper)).hasMessageContaining("nested deeper than 128");
    }

    @Test
    void whatContainsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        assertThatThrownBy(() -> Terms.copyOf(list))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("contains itself");
        Map<Object, Object> map = new HashMap<>();
        map.put("list", List.of(map));
        assertThatThrownBy(() -> Terms.copyOf(map))
                .isInstanceOfSatisfying(NotATermException.class, e -> assertThat(e.position())
                        .startsWith("[\"list\"][0][\"list\"]")
                        .endsWith("…")
                        .hasSize(120));
    }

    @Test
    void collectionsSharedOverAndOverAreRefused() {
        Object laughs = List.of("ha");
        for (int i = 0; i < 60; i++) {
            laughs = List.of(laughs, laughs);
        }
        Object list = laughs;
        assertThatThrownBy(() -> Terms.copyOf(list)).hasMessageContaining("holds more than 16777215 elements");
    }

    @ParameterizedTest
    @MethodSource("doublings")
    void termsSharedOverAndOverAreRefused(UnaryOperator<Object> twice) {
        Object term = "ha";
        for (int i = 0; i < 22; i++) {
            term = twice.apply(term);
        }
        Object large = term;
        assertThatThrownBy(() -> twice.apply(twice.apply(large)))
                .hasMessageContaining("holds more than 16777215 elements");
    }

    static List<UnaryOperator<Object>> doublings() {
        return List.of(
                inner -> Tuple.of(inner, inner),
                inner -> Tuple.of(inner, inner, 0),
                inner -> Terms.keyOf(List.of(inner, inner)),
                inner -> Terms.keyOf(Map.of(inner, inner)));
    }

    @Test
    void elementsAreAllowedToTheMaximum_andRefusedBeyond() {
        List<Object> most = Collections.nCopies(Terms.MAX_ELEMENTS, 0L);
        assertThat(Terms.keyOf(most).equals(most)).isTrue();
        List<Object> tooMany = Collections.nCopies(Terms.MAX_ELEMENTS + 1, 0L);
        assertThatThrownBy(() -> Terms.copyOf(tooMany)).hasMessageContaining("holds more than 16777215 elements");
    }
}
