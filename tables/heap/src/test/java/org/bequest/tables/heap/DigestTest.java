// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final List<Object> KEYS = List.of(
            0L,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            0x1p-33,
            0x1p-32,
            0.1,
            1L,
            1.0,
            Math.nextUp(1.0),
            (1L << 56) - 1,
            1L << 56,
            (1L << 56) + 1,
            0x1p56,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0x1p63,
            -0x1p63,
            BigInteger.ONE.shiftLeft(63),
            BigInteger.ONE.shiftLeft(64),
            BigInteger.ONE.shiftLeft(64).negate(),
            BigInteger.ONE.shiftLeft(2000),
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            true,
            false,
            new UUID(-1, 0),
            new UUID(1, 0),
            Instant.EPOCH,
            Tuple.of(),
            Tuple.of((Object) null),
            Tuple.of("a"),
            Tuple.of(5, 1),
            Tuple.of(new Object[20]),
            Terms.keyOf(Map.of()),
            Terms.keyOf(List.of(1)),
            "",
            "\0",
            "abcdefg",
            "abcdefgh",
            "abcdef\u00fc",
            "abcde\u20ac",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ud800",
            "\ud83d\ude00",
            "\uff21",
            Terms.keyOf(new byte[] {1}));

    @Property(tries = 20_000)
    void digestsAreInTheOrderOfKeys(@ForAll("keys") Object a, @ForAll("keys") Object b) {
        assertInOrder(a, b);
    }

    @Test
    void digestsAreInTheOrderOfKeys_atTheEdges() {
        for (Object a : KEYS) {
            KEYS.forEach(b -> assertInOrder(a, b));
        }
    }

    @Test
    void integersAndDoublesAreToldApart() {
        for (long key = -1000; key < 1000; key++) {
            assertThat(Digest.of(key)).isNotEqualTo(Digest.of(key + 1));
            assertThat(Digest.of(1L << 55 | key)).isNotEqualTo(Digest.of(1L << 55 | key + 1));
            double eighth = (key | 1) / 8.0;
            assertThat(Digest.of(eighth)).isNotEqualTo(Digest.of(Math.nextUp(eighth)));
        }
    }

    private static void assertInOrder(Object a, Object b) {
        int order = Terms.compare(a, b);
        int digests = Long.compareUnsigned(Digest.of(a), Digest.of(b));
        assertThat(digests == 0 || Integer.signum(digests) == Integer.signum(order))
                .as("%s and %s", a, b)
                .isTrue();
        assertThat(order != 0 || digests == 0).as("%s and %s", a, b).isTrue();
    }

    @Provide
    Arbitrary<Object> keys() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(List.of(
                Arbitraries.of(KEYS),
                Arbitraries.longs().asGeneric(),
                Arbitraries.longs().between(-5, 5).asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.longs().map(Double::longBitsToDouble).asGeneric(),
                Arbitraries.longs().map(i -> (double) i).asGeneric(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TWO.pow(70).negate(), BigInteger.TWO.pow(70))
                        .map(Terms::keyOf),
                Arbitraries.strings().all().ofMaxLength(9).asGeneric(),
                Arbitraries.strings().withChars("ab").ofMaxLength(9).asGeneric()));
        return Arbitraries.oneOf(
                leaves,
                leaves.list().ofMaxSize(3).map(list -> Tuple.of(new ArrayList<>(list).toArray())),
                leaves.map(Tuple::of).map(Tuple::of));
    }
}
