// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * One clause or several, tried in turn on a row: the first whose pattern matches, and whose guards are all exactly true,
 * decides. If none fits, the row does not match. Erlang's {@code ets:match_spec()}; written with {@link MatchSyntax}.
 *
 * <p>A value: immutable, made of terms only, equal to another if it is written the same. It can be
 * {@linkplain #toTerm() turned into a term} and {@linkplain #ofTerm back}, to be sent or stored. It is compiled when it
 * is made, as by {@code ets:match_spec_compile/1}: keep it if you use it often. Any thread may use it, many at once.
 */
public abstract sealed class MatchSpec permits Clause, Alternatives {

    private final Set<String> columns;
    private final boolean isResolved;

    MatchSpec(Set<String> columns) {
        this.columns = columns;
        this.isResolved = columns.isEmpty();
    }

    /** Returns the clauses in the order in which they are tried, at least one. Immutable. */
    public abstract List<Clause> clauses();

    /** Returns the specification that tries the other's clauses after those of this one. */
    public final MatchSpec or(MatchSpec other) {
        return new Alternatives(
                Stream.concat(clauses().stream(), other.clauses().stream()).toList());
    }

    /**
     * Evaluates a row: whether it matches and, if so, the value that the deciding clause selects; {@code ets:test_ms/2}.
     *
     * @throws MatchException if what that clause selects has no value for this row
     * @throws IllegalStateException if a column is named and not {@linkplain #resolve resolved} yet
     */
    public final Match evaluate(Tuple row) {
        requireResolved();
        Clause clause = deciding(row);
        return clause == null ? Match.NONE : new Match.Found(clause.value(row));
    }

    /**
     * Tells whether a row is meant: whether the value that the deciding clause selects is exactly {@code true}, as
     * {@code ets:select_count/2} and {@code ets:select_delete/2} ask. A clause without {@code select} means every row that
     * it fits.
     *
     * @throws MatchException as {@link #evaluate}
     * @throws IllegalStateException as {@link #evaluate}
     */
    public final boolean test(Tuple row) {
        requireResolved();
        return means(row);
    }

    abstract boolean means(Tuple row);

    /** The first clause that the row fits, or null. */
    abstract @Nullable Clause deciding(Tuple row);

    /**
     * Returns what can be said beforehand of the keys of all rows that match. It never leaves out a key that a matching row
     * could have; it may hold keys that no matching row has, so rows found by it are still to be evaluated.
     *
     * @param keyPosition index of the key in the rows, from 0
     * @param byValue whether the table compares keys by value, as ordered sets do; else exactly
     * @throws IllegalStateException if a column is named and not {@linkplain #resolve resolved} yet
     */
    public final KeyRange keys(int keyPosition, boolean byValue) {
        requireResolved();
        return KeyAnalysis.of(clauses(), keyPosition, byValue);
    }

    /** Returns the names of the columns that are to be {@linkplain #resolve resolved}. Immutable. */
    public final Set<String> columns() {
        return columns;
    }

    /**
     * Returns this specification with the position of each column in place of its name. Without columns, it is returned as
     * it is.
     *
     * @param columns the names of the columns in the order of the row's elements
     * @throws IllegalArgumentException if a column that is named is not among them
     */
    public final MatchSpec resolve(List<String> columns) {
        if (this.columns.isEmpty()) {
            return this;
        }
        Map<String, Expression> elements = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            elements.putIfAbsent(columns.get(i), Row.ROW.element(i));
        }
        return resolve(elements);
    }

    /**
     * Returns this specification with an expression in place of the name of each column, such as an {@linkplain
     * MatchSyntax#element element} that some rows do not have. Without columns, it is returned as it is.
     *
     * @param columns what stands for each column
     * @throws IllegalArgumentException if a column that is named is not among them
     */
    public final MatchSpec resolve(Map<String, Expression> columns) {
        return isResolved ? this : resolved(columns);
    }

    abstract MatchSpec resolved(Map<String, Expression> columns);

    private void requireResolved() {
        if (!isResolved) {
            throw new IllegalStateException("The match specification names the columns " + columns
                    + " without saying where in a row they are. Resolve it against the columns of a table first, or write"
                    + " row().element(index): " + this);
        }
    }

    /** Returns this specification as a term: a list of clauses, each <code>{pattern, [guards], body}</code>. */
    public final Object toTerm() {
        return Objects.requireNonNull(
                Terms.copyOf(clauses().stream().map(Clause::term).toList()));
    }

    /**
     * Returns the specification for a term that {@link #toTerm()} has made.
     *
     * @throws IllegalArgumentException if the term is anything else; the message says which part
     */
    public static MatchSpec ofTerm(@Nullable Object term) {
        return Reading.spec(term);
    }

    static MatchSpec of(List<Clause> clauses) {
        return clauses.size() == 1 ? clauses.get(0) : new Alternatives(clauses);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof MatchSpec that && toTerm().equals(that.toTerm());
    }

    @Override
    public final int hashCode() {
        return toTerm().hashCode();
    }

    /** As people read it: <code>match {$1, "a", _} where $1 &gt; 7 select $1 or match …</code>. */
    @Override
    public final String toString() {
        return clauses().stream().map(Clause::text).collect(Collectors.joining(" or "));
    }
}
