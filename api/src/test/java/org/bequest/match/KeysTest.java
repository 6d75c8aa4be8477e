// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.column;
import static org.bequest.match.MatchSyntax.constant;
import static org.bequest.match.MatchSyntax.list;
import static org.bequest.match.MatchSyntax.match;
import static org.bequest.match.MatchSyntax.row;
import static org.bequest.match.MatchSyntax.rows;
import static org.bequest.match.MatchSyntax.tuple;
import static org.bequest.match.MatchSyntax.var;

import java.util.List;
import java.util.UUID;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

/** What the analysis says, as people read it; that it never leaves out a row is shown by the laws. */
class KeysTest {

    @Test
    void constantInTheKeyPositionIsOneKey() {
        assertOrdered(match(tuple(1, any())), "key 1");
        assertHashed(match(tuple(1, any())), "key 1");
        assertHashed(match(constant(Tuple.of("a", 2))), "key \"a\"");
        assertHashed(match(tuple(Tuple.of("a", 2), any())), "key {\"a\", 2}");
        assertThat(match(tuple(any(), "b")).keys(1, false)).hasToString("key \"b\"");
    }

    @Test
    void guardsBindTheKeyToo() {
        assertHashed(match(tuple(var(1), any())).where(var(1).exactly(1)), "key 1");
        assertHashed(match(tuple(any(), any())).where(row().element(0).equalTo("a")), "key \"a\"");
        assertHashed(match(var(9)).where(constant("a").equalTo(var(9).element(0))), "key \"a\"");
        assertHashed(rows().where(column("id").equalTo("a")).resolve(List.of("id")), "key \"a\"");
        assertHashed(match(tuple(var(1), var(1))).where(row().element(1).exactly(4)), "every key");
    }

    @Test
    void equalityByValueIsOneKeyOrItsSpellings() {
        MatchSpec spec = match(tuple(var(1))).where(var(1).equalTo(7));
        assertOrdered(spec, "key 7");
        assertHashed(spec, "key in [7, 7.0]");
        assertHashed(rows().where(row().element(0).equalTo(0.0)), "key in [0.0, 0, -0.0]");
        assertHashed(rows().where(row().element(0).equalTo((1L << 53) + 1)), "key 9007199254740993");
        assertHashed(rows().where(row().element(0).equalTo(1.5)), "key 1.5");
        assertHashed(rows().where(row().element(0).equalTo(Double.NaN)), "key NaN");
        assertHashed(rows().where(row().element(0).equalTo(Tuple.of(1))), "{1} =< key =< {1}");
    }

    @Test
    void comparisonsAreARange() {
        Pattern key = var(1);
        Clause all = match(tuple(key, any()));
        assertOrdered(all.where(key.greaterThan(5)), "5 < key");
        assertOrdered(all.where(constant(5).greaterThan(key)), "key < 5");
        assertOrdered(all.where(key.atLeast(5), key.lessThan(9), key.lessThan(8)), "5 =< key < 8");
        assertOrdered(all.where(key.atLeast(5).andAlso(key.atMost(9).and(key.isInteger()))), "5 =< key =< 9");
        assertOrdered(all.where(key.atLeast(5), key.lessThan(5)), "no key");
        assertOrdered(all.where(key.exactly(5), key.lessThan(5)), "no key");
        assertOrdered(all.where(key.atLeast(5).or(key.lessThan(3))), "every key");
        assertOrdered(all.where(key.plus(1).atLeast(5)), "every key");
        assertOrdered(all.where(key.notEqualTo(5), key.atLeast(null)), "every key");
    }

    @Test
    void partOfATupleKeyIsAPrefix() {
        assertOrdered(match(tuple(tuple("a", any()), any())), "{\"a\", -Infinity} =< key < {\"a\0\", -Infinity}");
        assertOrdered(
                match(tuple(tuple("a", var(1)))).where(var(1).atLeast(5)), "{\"a\", 5} =< key < {\"a\0\", -Infinity}");
        assertOrdered(
                match(tuple(tuple("a", var(1)))).where(var(1).atLeast(5), var(1).atMost(9)),
                "{\"a\", 5} =< key =< {\"a\", 9}");
        assertOrdered(
                match(tuple(tuple("a", var(1), any()))).where(var(1).greaterThan(5), var(1).atMost(9)),
                "{\"a\", 5, -Infinity} =< key < {\"a\", 10, -Infinity}");
        assertOrdered(
                match(tuple(tuple(any(), "b"))), "{-Infinity, -Infinity} =< key < {-Infinity, -Infinity, -Infinity}");
        assertOrdered(match(tuple(tuple("a", var(1)))).where(var(1).exactly("b")), "key {\"a\", \"b\"}");
        assertOrdered(
                match(tuple(tuple(new UUID(0, 1), any()))),
                "{" + new UUID(0, 1) + ", -Infinity} =< key < {" + new UUID(0, 2) + ", -Infinity}");
        assertOrdered(
                match(tuple(tuple(List.of(), any()))), "{[], -Infinity} =< key < {-Infinity, -Infinity, -Infinity}");
        assertOrdered(match(tuple(list("a", any()))), "every key");
    }

    @Test
    void clausesAreUnited() {
        Clause one = match(tuple(1, any()));
        assertOrdered(one.or(match(tuple("b", any()))).or(one), "key in [1, \"b\"]");
        assertOrdered(one.or(match(tuple(1.0, any()))), "key 1");
        assertHashed(one.or(match(tuple(1.0, any()))), "key in [1, 1.0]");
        assertOrdered(one.or(match(tuple(var(1))).where(var(1).greaterThan(5), var(1).lessThan(7))), "1 =< key < 7");
        assertOrdered(one.or(rows()), "every key");
        assertOrdered(one.or(match(constant("no row"))), "key 1");
    }

    @Test
    void patternThatNoRowWithAKeyMatchesIsNoKey() {
        assertOrdered(match(list(any())), "no key");
        assertOrdered(match(constant("x")), "no key");
        assertThat(match(tuple(any())).keys(1, true)).hasToString("no key");
    }

    private static void assertOrdered(MatchSpec spec, String keys) {
        assertThat(spec.keys(0, true)).as(spec.toString()).hasToString(keys);
    }

    private static void assertHashed(MatchSpec spec, String keys) {
        assertThat(spec.keys(0, false)).as(spec.toString()).hasToString(keys);
    }
}
