// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.match.MatchSyntax.constant;
import static org.bequest.match.MatchSyntax.list;
import static org.bequest.match.MatchSyntax.row;
import static org.bequest.match.MatchSyntax.rows;
import static org.bequest.match.MatchSyntax.tuple;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.ObjectAssert;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperatorTest {

    private static final BigInteger TWO_TO_63 = BigInteger.ONE.shiftLeft(63);
    private static final Expression FAILS = constant(5).head();

    @Test
    void anyTwoTermsAreCompared() {
        assertTrue(c(2).lessThan("a"));
        assertTrue(c(2).lessThan(null));
        assertTrue(c(2).atMost(2.0));
        assertTrue(c(Tuple.of()).greaterThan(5));
        assertTrue(c(9007199254740993L).greaterThan(9007199254740992.0));
        assertTrue(c("a").atLeast("a"));
        assertFalse(c("a").atLeast("b"));
        assertFalse(c(1).lessThan(1.0));
        assertFalse(c(1).greaterThan(1.0));
        assertFalse(c(2).atMost(1));
    }

    @Test
    void equalityIsByValueOrExact() {
        assertTrue(c(1).equalTo(1.0));
        assertTrue(c(Tuple.of(1, "a")).equalTo(Tuple.of(1.0, "a")));
        assertFalse(c(1).notEqualTo(1.0));
        assertFalse(c(1).exactly(1.0));
        assertTrue(c(1).exactly(1));
        assertTrue(c(1).notExactly(1.0));
        assertTrue(c(null).exactly(null));
    }

    @Test
    void strictBooleansWantTwoBooleans() {
        assertTrue(c(true).and(true));
        assertFalse(c(true).and(false));
        assertTrue(c(false).or(true));
        assertFalse(c(false).or(false));
        assertTrue(c(true).xor(false));
        assertFalse(c(true).xor(true));
        assertTrue(c(false).not());
        assertFails(c(1).and(true));
        assertFails(c(true).or(1));
        assertFails(c(true).xor(null));
        assertFails(c("true").not());
    }

    @Test
    void failureOfEitherSideIsAFailure() {
        assertFails(c(true).or(FAILS));
        assertFails(FAILS.or(true));
        assertFails(c(false).and(FAILS));
        assertFails(FAILS.not());
        assertFails(FAILS.equalTo(FAILS));
        assertFails(FAILS.isList());
        assertFails(tuple(1, FAILS));
        assertFails(list(FAILS).length());
    }

    @Test
    void lazyBooleansLeaveTheSecondAlone_andAnswerIt() {
        assertTrue(c(true).orElse(FAILS));
        assertFalse(c(false).andAlso(FAILS));
        assertFails(c(false).orElse(FAILS));
        assertFails(c(true).andAlso(FAILS));
        assertThatValue(c(false).orElse(7)).isEqualTo(7L);
        assertThatValue(c(true).andAlso("x")).isEqualTo("x");
        assertFails(c(1).andAlso(true));
        assertFails(c(null).orElse(true));
        assertFails(FAILS.orElse(true));
    }

    @Test
    void integersStayExact() {
        assertThatValue(c(1).plus(2)).isEqualTo(3L);
        assertThatValue(c(Long.MAX_VALUE).plus(1)).isEqualTo(TWO_TO_63);
        assertThatValue(c(TWO_TO_63).minus(1)).isEqualTo(Long.MAX_VALUE);
        assertThatValue(c(Long.MIN_VALUE).minus(1)).isEqualTo(TWO_TO_63.negate().subtract(BigInteger.ONE));
        assertThatValue(c(1L << 62).times(4)).isEqualTo(BigInteger.ONE.shiftLeft(64));
        assertThatValue(c(Long.MIN_VALUE).div(-1)).isEqualTo(TWO_TO_63);
        assertThatValue(c(Long.MIN_VALUE).rem(-1)).isEqualTo(0L);
        assertThatValue(c(Long.MIN_VALUE).abs()).isEqualTo(TWO_TO_63);
        assertThatValue(c(TWO_TO_63.negate().shiftLeft(1)).abs()).isEqualTo(TWO_TO_63.shiftLeft(1));
        assertThatValue(c(-7).div(2)).isEqualTo(-3L);
        assertThatValue(c(-7).rem(2)).isEqualTo(-1L);
        assertThatValue(c(-7).abs()).isEqualTo(7L);
    }

    @Test
    void floatsAreWhatAFloatMakesOfIt() {
        assertThatValue(c(1).plus(2.0)).isEqualTo(3.0);
        assertThatValue(c(1.5).minus(1)).isEqualTo(0.5);
        assertThatValue(c(2).times(1.5)).isEqualTo(3.0);
        assertThatValue(c(4).dividedBy(2)).isEqualTo(2.0);
        assertThatValue(c(TWO_TO_63).plus(0.0)).isEqualTo(0x1p63);
        assertThatValue(c(-1.5).abs()).isEqualTo(1.5);
    }

    @Test
    void arithmeticFails_whereErlangSaysBadarith() {
        assertFails(c("a").plus(1));
        assertFails(c(1).plus("a"));
        assertFails(c(1.0).minus(null));
        assertFails(c(true).times(1));
        assertFails(c(1).dividedBy(0));
        assertFails(c(1).dividedBy(0.0));
        assertFails(c(1).div(0));
        assertFails(c(1).rem(0));
        assertFails(c(1.0).div(1));
        assertFails(c(1).rem(1.0));
        assertFails(c("a").abs());
        assertFails(c(1e308).times(10));
        assertFails(c(BigInteger.TEN.pow(400)).plus(1.0));
        assertFails(c(Double.POSITIVE_INFINITY).plus(1));
    }

    @Test
    void elementsCountFromZero() {
        Tuple abc = Tuple.of("a", "b", "c");
        assertThatValue(c(abc).element(0)).isEqualTo("a");
        assertThatValue(c(abc).element(c(3).minus(1))).isEqualTo("c");
        assertFails(c(abc).element(-1));
        assertFails(c(abc).element(3));
        assertFails(c(abc).element(1L << 32));
        assertFails(c(abc).element(1.0));
        assertFails(c(abc).element(c(Long.MIN_VALUE).minus(1)));
        assertFails(c(List.of("a")).element(0));
    }

    @Test
    void partsWantTheirKind() {
        assertThatValue(c(Tuple.of(1, 2)).tupleSize()).isEqualTo(2L);
        assertThatValue(c(List.of(1, 2)).head()).isEqualTo(1L);
        assertThatValue(c(List.of(1, 2)).tail()).isEqualTo(List.of(2L));
        assertThat(Terms.isTerm(value(c(List.of(1, 2)).tail()))).isTrue();
        assertThatValue(c(List.of()).length()).isEqualTo(0L);
        assertThatValue(c(Map.of("k", 1)).mapSize()).isEqualTo(1L);
        assertFails(c("ab").tupleSize());
        assertFails(c(List.of()).head());
        assertFails(c(List.of()).tail());
        assertFails(c(Tuple.of(1)).head());
        assertFails(c("ab").length());
        assertFails(c(List.of()).mapSize());
    }

    @Test
    void kindsAreToldOfAnyTerm() {
        assertOnly(null, "is_null");
        assertOnly(true, "is_boolean");
        assertOnly(1, "is_integer", "is_number");
        assertOnly(TWO_TO_63, "is_integer", "is_number");
        assertOnly(1.0, "is_float", "is_number");
        assertOnly("a", "is_string");
        assertOnly(Binary.copyOf(new byte[] {1}), "is_binary");
        assertOnly(new UUID(0, 1), "is_uuid");
        assertOnly(new Pid(1, 1), "is_pid");
        assertOnly(Tuple.of(1), "is_tuple");
        assertOnly(List.of(), "is_list");
        assertOnly(Map.of(), "is_map");
    }

    private static void assertOnly(@Nullable Object term, String... tests) {
        Expression c = constant(term);
        List<Expression> all = List.of(
                c.isNull(),
                c.isBoolean(),
                c.isInteger(),
                c.isFloat(),
                c.isNumber(),
                c.isString(),
                c.isBinary(),
                c.isUuid(),
                c.isPid(),
                c.isTuple(),
                c.isList(),
                c.isMap());
        assertThat(all.stream().filter(test -> Boolean.TRUE.equals(value(test))))
                .map(test -> ((Call) test).operator().symbol())
                .containsExactlyInAnyOrder(tests);
    }

    @Test
    void valueThatWouldBeNestedTooDeepFails() {
        Object deepest = Tuple.of();
        for (int i = 1; i < Terms.MAX_DEPTH; i++) {
            deepest = Tuple.of(deepest);
        }
        Tuple row = (Tuple) deepest;

        assertThat(rows().where(tuple(row()).isTuple()).test(row)).isFalse();
        assertThat(rows().where(row().isTuple()).test(row)).isTrue();
    }

    private static Expression c(@Nullable Object term) {
        return constant(term);
    }

    private static @Nullable Object value(Expression expression) {
        return rows().select(expression).evaluate(Tuple.of()).value();
    }

    private static AbstractObjectAssert<?, ?> assertThatValue(Expression expression) {
        return new ObjectAssert<>(value(expression)).as(expression.toString());
    }

    private static void assertTrue(Expression expression) {
        assertThatValue(expression).isEqualTo(true);
    }

    private static void assertFalse(Expression expression) {
        assertThatValue(expression).isEqualTo(false);
    }

    /** Also shows that a guard does not rescue it: neither it nor its opposite is true. */
    private static void assertFails(Expression expression) {
        MatchSpec noted = rows().where(expression.isNull().or(true));
        assertThat(noted.test(Tuple.of())).as(expression.toString()).isFalse();
    }
}
