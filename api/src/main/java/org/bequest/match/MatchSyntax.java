// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * The words that match specifications are written in, to be imported statically. What may be a pattern or an expression
 * may also be a plain value: it stands for itself, made a term by {@link Terms#copyOf}, and is refused with
 * {@link org.bequest.term.NotATermException} if it is none.
 */
public final class MatchSyntax {

    private MatchSyntax() {}

    /**
     * Begins a clause: rows that match the pattern. As it stands, it selects the rows themselves, as
     * {@code ets:match_object/2}; with {@code .select(variables())} it is {@code ets:match/2}.
     *
     * @throws IllegalArgumentException if the pattern holds an expression that is none, such as a sum
     */
    public static Clause match(Pattern pattern) {
        return Clause.of(pattern);
    }

    /** Begins a clause for any row, to be narrowed by {@link Clause#where}. */
    public static Clause rows() {
        return match(any());
    }

    /**
     * A variable, Erlang's {@code '$1'}. In a pattern it matches any term, and if it stands there twice, only exactly equal
     * ones; in an expression it is what it matched. A whole pattern may be a variable, which is then the row.
     *
     * @param number not negative; need not be without gaps
     */
    public static Pattern var(int number) {
        return new Variable(number);
    }

    /** The pattern that matches any term, Erlang's {@code '_'}. It has no value, and is refused in expressions. */
    public static Pattern any() {
        return Any.ANY;
    }

    /** In a pattern: a tuple of just so many elements. In an expression: the tuple of the values. */
    public static Pattern tuple(@Nullable Object... elements) {
        return Shape.of(Shape.Brackets.TUPLE, elements);
    }

    /** In a pattern: a list of just so many elements. In an expression: the list of the values. */
    public static Pattern list(@Nullable Object... elements) {
        return Shape.of(Shape.Brackets.LIST, elements);
    }

    /**
     * A term as it is, Erlang's {@code {const, Term}}. In a pattern it matches what is exactly equal: 1 does not match 1.0.
     * Needed only where an expression begins with it, as in {@code constant(5).minus(var(1))}, and for a pattern that is
     * one term as a whole.
     */
    public static Pattern constant(@Nullable Object term) {
        return Constant.of(term);
    }

    /** The row, Erlang's {@code '$_'}. {@code row().element(2)} is an element by position, from zero. */
    public static Expression row() {
        return Row.ROW;
    }

    /**
     * The element of the row at an index, and another value for rows that are too short to have it. {@code
     * row().element(index)} fails for those.
     *
     * @param index from zero
     * @param orNull whether the other value also stands in for an element that is null
     * @throws IllegalArgumentException if the index is negative
     */
    public static Expression element(int index, @Nullable Object otherwise, boolean orNull) {
        return Cell.of(index, otherwise, orNull);
    }

    /** The list of all variables of the pattern, in the order of their numbers, Erlang's {@code '$$'}. */
    public static Expression variables() {
        return AllVariables.ALL;
    }

    /**
     * An element of the row by the name that the table has for it. A specification that names columns is evaluated once it
     * has been {@linkplain MatchSpec#resolve resolved}.
     */
    public static Expression column(String name) {
        return new Column(name);
    }
}
