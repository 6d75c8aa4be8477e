// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What has a value for a row: guards, and what is selected. Begin with {@code var}, {@code row}, {@code column} or
 * {@code constant} of {@link MatchSyntax}, and go on with the operators here. An operand may be an expression, or a plain
 * value that stands for itself.
 *
 * <p>An operator fails, which means that it has no value, if its operands are not as it says; and if an operand fails, the
 * operator does too. Only {@link #andAlso} and {@link #orElse} leave their second operand alone where it does not matter.
 *
 * <p>Equal to another if it is written the same. Nested at most as deep as a term may be.
 */
public abstract sealed class Expression permits Pattern, Call, Row, Cell, AllVariables, Column {

    /* The term is made along with each node and not when it is asked for. So the bounds of terms bound expressions as well:
     * neither reading, writing nor evaluating one can overflow the stack, or take forever where a part is used again and
     * again. */
    private final @Nullable Object term;

    Expression(@Nullable Object term) {
        this.term = term;
    }

    /** The expression that the value is, or the constant. */
    static Expression of(@Nullable Object value) {
        return value instanceof Expression expression ? expression : Constant.of(value);
    }

    /** As {@link #of}, of each. Immutable. */
    static List<Expression> listOf(@Nullable Object... values) {
        Expression[] expressions = new Expression[values.length];
        for (int i = 0; i < values.length; i++) {
            expressions[i] = of(values[i]);
        }
        return List.of(expressions);
    }

    /** The term of an expression that has parts: a tuple of its tag and theirs. */
    static Tuple termOf(String tag, List<Expression> parts) {
        @Nullable Object[] elements = new Object[1 + parts.size()];
        elements[0] = tag;
        for (int i = 0; i < parts.size(); i++) {
            elements[1 + i] = parts.get(i).term;
        }
        return Tuple.of(elements);
    }

    final @Nullable Object term() {
        return term;
    }

    /** @throws IllegalArgumentException if it has no value with that head: a variable is missing, or it is any() */
    abstract Computation compile(Head head);

    /** Adds what a row must pass if this is a guard. */
    void addConditions(Head head, List<Condition> conditions) {
        conditions.add(compile(head));
    }

    void collectColumns(Set<String> names) {}

    /** With what stands for the columns in place of their names. */
    Expression resolve(Map<String, Expression> columns) {
        return this;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Expression that && Objects.equals(term, that.term);
    }

    @Override
    public final int hashCode() {
        return Objects.hashCode(term);
    }

    /** As people read it: <code>($2 + 1) &gt; 3</code>. */
    @Override
    public abstract String toString();

    // Comparison, of any two terms

    /** Erlang's {@code <}, in the order of terms. */
    public final Expression lessThan(@Nullable Object other) {
        return Call.of(Operator.LESS, this, other);
    }

    /** Erlang's {@code =<}, in the order of terms. */
    public final Expression atMost(@Nullable Object other) {
        return Call.of(Operator.AT_MOST, this, other);
    }

    /** Erlang's {@code >}, in the order of terms. */
    public final Expression greaterThan(@Nullable Object other) {
        return Call.of(Operator.GREATER, this, other);
    }

    /** Erlang's {@code >=}, in the order of terms. */
    public final Expression atLeast(@Nullable Object other) {
        return Call.of(Operator.AT_LEAST, this, other);
    }

    /** Erlang's {@code ==}, by value: 1 is equal to 1.0. */
    public final Expression equalTo(@Nullable Object other) {
        return Call.of(Operator.EQUAL, this, other);
    }

    /** Erlang's {@code /=}, by value. */
    public final Expression notEqualTo(@Nullable Object other) {
        return Call.of(Operator.NOT_EQUAL, this, other);
    }

    /** Erlang's {@code =:=}, exact equality: 1 is not 1.0. */
    public final Expression exactly(@Nullable Object other) {
        return Call.of(Operator.EXACTLY, this, other);
    }

    /** Erlang's {@code =/=}, the opposite of {@link #exactly}. */
    public final Expression notExactly(@Nullable Object other) {
        return Call.of(Operator.NOT_EXACTLY, this, other);
    }

    // Booleans

    /** Erlang's {@code and}. Both must be booleans, and both are evaluated: {@code false and failure} fails. */
    public final Expression and(@Nullable Object other) {
        return Call.of(Operator.AND, this, other);
    }

    /** Erlang's {@code or}. Both must be booleans, and both are evaluated: {@code true or failure} fails. */
    public final Expression or(@Nullable Object other) {
        return Call.of(Operator.OR, this, other);
    }

    /** Erlang's {@code xor}. Both must be booleans. */
    public final Expression xor(@Nullable Object other) {
        return Call.of(Operator.XOR, this, other);
    }

    /** Erlang's {@code not}, of a boolean. */
    public final Expression not() {
        return Call.of(Operator.NOT, this);
    }

    /** Erlang's {@code andalso}. This must be a boolean; if true, the answer is the other one, whatever it is. */
    public final Expression andAlso(@Nullable Object other) {
        return Call.of(Operator.AND_ALSO, this, other);
    }

    /** Erlang's {@code orelse}. This must be a boolean; if false, the answer is the other one, whatever it is. */
    public final Expression orElse(@Nullable Object other) {
        return Call.of(Operator.OR_ELSE, this, other);
    }

    // Arithmetic

    /** Erlang's {@code +}: exact of two integers, a float if either is one. Fails beyond the range of floats. */
    public final Expression plus(@Nullable Object other) {
        return Call.of(Operator.PLUS, this, other);
    }

    /** Erlang's {@code -}, see {@link #plus}. */
    public final Expression minus(@Nullable Object other) {
        return Call.of(Operator.MINUS, this, other);
    }

    /** Erlang's {@code *}, see {@link #plus}. */
    public final Expression times(@Nullable Object other) {
        return Call.of(Operator.TIMES, this, other);
    }

    /** Erlang's {@code /}: always a float, also of two integers. Fails for zero, and beyond the range of floats. */
    public final Expression dividedBy(@Nullable Object other) {
        return Call.of(Operator.DIVIDED_BY, this, other);
    }

    /** Erlang's {@code div}: of two integers, towards zero as in Java. Fails for zero. */
    public final Expression div(@Nullable Object other) {
        return Call.of(Operator.DIV, this, other);
    }

    /** Erlang's {@code rem}: of two integers, with the sign of the first as in Java. Fails for zero. */
    public final Expression rem(@Nullable Object other) {
        return Call.of(Operator.REM, this, other);
    }

    /** Erlang's {@code abs}, of a number. */
    public final Expression abs() {
        return Call.of(Operator.ABS, this);
    }

    // Parts

    /**
     * The element of this tuple at an index from <strong>zero</strong>, as {@link org.bequest.term.Tuple#get}. Erlang's
     * {@code element(N, Tuple)} counts from one: it is {@code tuple.element(n - 1)} and, if N is an expression,
     * {@code tuple.element(n.minus(1))}, which fails in the same cases.
     *
     * @param index an integer from zero to the size less one, or it fails
     */
    public final Expression element(@Nullable Object index) {
        return Call.of(Operator.ELEMENT, index, this);
    }

    /** Erlang's {@code tuple_size}. */
    public final Expression tupleSize() {
        return Call.of(Operator.TUPLE_SIZE, this);
    }

    /** Erlang's {@code hd}: the first element of a list that is not empty. */
    public final Expression head() {
        return Call.of(Operator.HEAD, this);
    }

    /** Erlang's {@code tl}: a list that is not empty, without its first element. */
    public final Expression tail() {
        return Call.of(Operator.TAIL, this);
    }

    /** Erlang's {@code length}, of a list. */
    public final Expression length() {
        return Call.of(Operator.LENGTH, this);
    }

    /** Erlang's {@code map_size}. */
    public final Expression mapSize() {
        return Call.of(Operator.MAP_SIZE, this);
    }

    // Kinds, of any term

    /** Whether it is null. */
    public final Expression isNull() {
        return Call.of(Operator.IS_NULL, this);
    }

    /** Erlang's {@code is_boolean}. */
    public final Expression isBoolean() {
        return Call.of(Operator.IS_BOOLEAN, this);
    }

    /** Erlang's {@code is_integer}, of any size. */
    public final Expression isInteger() {
        return Call.of(Operator.IS_INTEGER, this);
    }

    /** Erlang's {@code is_float}. */
    public final Expression isFloat() {
        return Call.of(Operator.IS_FLOAT, this);
    }

    /** Erlang's {@code is_number}. */
    public final Expression isNumber() {
        return Call.of(Operator.IS_NUMBER, this);
    }

    /** Whether it is a string, which in Erlang mostly is a binary: {@code is_binary}. */
    public final Expression isString() {
        return Call.of(Operator.IS_STRING, this);
    }

    /** Whether it is a {@link org.bequest.term.Binary}. */
    public final Expression isBinary() {
        return Call.of(Operator.IS_BINARY, this);
    }

    /** Whether it is a UUID. */
    public final Expression isUuid() {
        return Call.of(Operator.IS_UUID, this);
    }

    /** Erlang's {@code is_pid}. */
    public final Expression isPid() {
        return Call.of(Operator.IS_PID, this);
    }

    /** Erlang's {@code is_tuple}. */
    public final Expression isTuple() {
        return Call.of(Operator.IS_TUPLE, this);
    }

    /** Erlang's {@code is_list}. */
    public final Expression isList() {
        return Call.of(Operator.IS_LIST, this);
    }

    /** Erlang's {@code is_map}. */
    public final Expression isMap() {
        return Call.of(Operator.IS_MAP, this);
    }
}
