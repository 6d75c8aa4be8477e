// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

class HashOrderTest {

    private static final List<Object> KEYS = List.of(
            0L,
            0.0,
            -0.0,
            1L,
            1.0,
            "Aa",
            "BB",
            "AaAa",
            "BBBB",
            "AaBB",
            true,
            Double.NaN,
            Tuple.of(0, 31),
            Tuple.of(1, 0),
            Tuple.of(0.0),
            Tuple.of(-0.0),
            Tuple.of((Object) null),
            Terms.keyOf(List.of(1, 1.0)),
            Terms.keyOf(List.of(1.0, 1)),
            Terms.keyOf(Map.of(1, 1)),
            Terms.keyOf(Map.of(1, 1.0)),
            Terms.keyOf(Map.of(1.0, 1)));

    @Test
    void orderIsTotal_andTellsApartWhatIsNotEqual() {
        List<Object> sorted = new ArrayList<>(KEYS);
        Collections.shuffle(sorted, new Random(1));
        sorted.sort(HashOrder.BY_HASH);
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = 0; j < sorted.size(); j++) {
                assertThat(Integer.signum(HashOrder.BY_HASH.compare(sorted.get(i), sorted.get(j))))
                        .as("%s and %s", sorted.get(i), sorted.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    /** Such two hardly ever have the same hash as well; if they have, this is what decides. */
    @Test
    void equalValuesAreOrderedExactly() {
        assertThat(HashOrder.EXACTLY.compare(1L, 1.0)).isNegative();
        assertThat(HashOrder.EXACTLY.compare(Tuple.of(1.0), Tuple.of(1))).isPositive();
        assertThat(HashOrder.EXACTLY.compare(-0.0, 0.0)).isNotZero();
    }

    /** A key of a row is nested one deep already, so there is room for what compareExactly puts around it. */
    @Test
    void deepestKeyOfARowIsCompared() {
        Object key = 1L;
        Object other = 1.0;
        for (int i = 1; i < Terms.MAX_DEPTH; i++) {
            key = Tuple.of(key);
            other = Tuple.of(other);
        }
        assertThat(Tuple.of(key).size()).isOne();
        assertThat(HashOrder.EXACTLY.compare(key, other)).isNegative();
    }
}
