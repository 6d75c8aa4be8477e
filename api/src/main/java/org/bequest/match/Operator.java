// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import static org.bequest.match.Computation.FAILURE;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What expressions can do, under the names of Erlang. What each does is said at its method in {@link Expression}. */
enum Operator {
    LESS("<", (a, b) -> Terms.compare(a, b) < 0),
    AT_MOST("=<", (a, b) -> Terms.compare(a, b) <= 0),
    GREATER(">", (a, b) -> Terms.compare(a, b) > 0),
    AT_LEAST(">=", (a, b) -> Terms.compare(a, b) >= 0),
    EQUAL("==", (a, b) -> Terms.compare(a, b) == 0),
    NOT_EQUAL("/=", (a, b) -> Terms.compare(a, b) != 0),
    EXACTLY("=:=", Terms::equal),
    NOT_EXACTLY("=/=", (a, b) -> !Terms.equal(a, b)),

    AND("and", (a, b) -> a instanceof Boolean x && b instanceof Boolean y ? (Object) (x && y) : FAILURE),
    OR("or", (a, b) -> a instanceof Boolean x && b instanceof Boolean y ? (Object) (x || y) : FAILURE),
    XOR("xor", (a, b) -> a instanceof Boolean x && b instanceof Boolean y ? (Object) (x ^ y) : FAILURE),
    NOT("not", a -> a instanceof Boolean x ? (Object) !x : FAILURE),
    // By Call, since these do not always evaluate their second operand.
    AND_ALSO("andalso", (a, b) -> FAILURE),
    OR_ELSE("orelse", (a, b) -> FAILURE),

    PLUS("+", Arithmetic::plus),
    MINUS("-", Arithmetic::minus),
    TIMES("*", Arithmetic::times),
    DIVIDED_BY("/", Arithmetic::dividedBy),
    DIV("div", Arithmetic::div),
    REM("rem", Arithmetic::rem),
    ABS("abs", Arithmetic::abs),

    ELEMENT(
            "element",
            (index, tuple) -> tuple instanceof Tuple t && index instanceof Long i && 0 <= i && i < t.size()
                    ? t.get(i.intValue())
                    : FAILURE),
    TUPLE_SIZE("tuple_size", a -> a instanceof Tuple tuple ? (long) tuple.size() : FAILURE),
    HEAD("hd", a -> a instanceof List<?> list && !list.isEmpty() ? list.get(0) : FAILURE),
    TAIL(
            "tl",
            a -> a instanceof List<?> list && !list.isEmpty() ? Terms.copyOf(list.subList(1, list.size())) : FAILURE),
    LENGTH("length", a -> a instanceof List<?> list ? (long) list.size() : FAILURE),
    MAP_SIZE("map_size", a -> a instanceof Map<?, ?> map ? (long) map.size() : FAILURE),

    IS_NULL("is_null", a -> a == null),
    IS_BOOLEAN("is_boolean", a -> a instanceof Boolean),
    IS_INTEGER("is_integer", a -> a instanceof Long || a instanceof BigInteger),
    IS_FLOAT("is_float", a -> a instanceof Double),
    IS_NUMBER("is_number", a -> a instanceof Number),
    IS_STRING("is_string", a -> a instanceof String),
    IS_BINARY("is_binary", a -> a instanceof Binary),
    IS_UUID("is_uuid", a -> a instanceof UUID),
    IS_PID("is_pid", a -> a instanceof Pid),
    IS_TUPLE("is_tuple", a -> a instanceof Tuple),
    IS_LIST("is_list", a -> a instanceof List),
    IS_MAP("is_map", a -> a instanceof Map);

    private static final Map<String, Operator> BY_SYMBOL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operator::symbol, Function.identity()));

    private final String symbol;
    private final int arity;
    private final OfOne ofOne;
    private final OfTwo ofTwo;

    Operator(String symbol, OfOne ofOne) {
        this.symbol = symbol;
        this.arity = 1;
        this.ofOne = ofOne;
        this.ofTwo = (a, b) -> FAILURE;
    }

    Operator(String symbol, OfTwo ofTwo) {
        this.symbol = symbol;
        this.arity = 2;
        this.ofOne = a -> FAILURE;
        this.ofTwo = ofTwo;
    }

    /** Returns the operator with that symbol, or null. */
    static @Nullable Operator of(String symbol) {
        return BY_SYMBOL.get(symbol);
    }

    String symbol() {
        return symbol;
    }

    int arity() {
        return arity;
    }

    /** Whether its symbol stands between its operands. */
    boolean isInfix() {
        return arity == 2 && this != ELEMENT;
    }

    /** Returns a term, or {@link Computation#FAILURE}. */
    @Nullable
    Object apply(@Nullable Object a) {
        return ofOne.apply(a);
    }

    /** Returns a term, or {@link Computation#FAILURE}. */
    @Nullable
    Object apply(@Nullable Object a, @Nullable Object b) {
        return ofTwo.apply(a, b);
    }

    private interface OfOne {
        @Nullable
        Object apply(@Nullable Object a);
    }

    private interface OfTwo {
        @Nullable
        Object apply(@Nullable Object a, @Nullable Object b);
    }
}
