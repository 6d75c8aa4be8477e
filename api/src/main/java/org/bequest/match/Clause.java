// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * One clause of a match specification, and by itself the specification of that clause alone: a pattern, guards, and what
 * is selected. Immutable: {@link #where} and {@link #select} return changed copies.
 */
public final class Clause extends MatchSpec {

    private final Pattern pattern;
    private final List<Expression> guards;
    private final @Nullable Expression body;

    private final Head head;
    private final List<Condition> conditions;
    private final Condition condition;
    private final Computation result;

    private Clause(
            Pattern pattern,
            List<Expression> guards,
            @Nullable Expression body,
            Head head,
            List<Condition> conditions,
            Computation result) {
        super(columnsOf(guards, body));
        this.pattern = pattern;
        this.guards = guards;
        this.body = body;
        this.head = head;
        this.conditions = conditions;
        this.condition = Condition.all(conditions);
        this.result = result;
    }

    static Clause of(Pattern pattern) {
        Head head = Head.of(pattern);
        return new Clause(pattern, List.of(), null, head, head.conditions(), Place.ROW);
    }

    static Clause of(Pattern pattern, List<Expression> guards, @Nullable Expression body) {
        Clause clause = of(pattern).where(guards.toArray(Expression[]::new));
        return body == null ? clause : clause.select(body);
    }

    /**
     * Adds guards, all of which must be exactly true, besides those that are there.
     *
     * @throws IllegalArgumentException if one of them has a variable that the pattern has not, or {@code any()}
     */
    public Clause where(Expression... guards) {
        List<Expression> allGuards = new ArrayList<>(this.guards);
        List<Condition> allConditions = new ArrayList<>(conditions);
        for (Expression guard : guards) {
            allGuards.add(guard);
            guard.addConditions(head, allConditions);
        }
        return new Clause(pattern, List.copyOf(allGuards), body, head, allConditions, result);
    }

    /**
     * Says what is wanted of each row that fits, in place of what was said before. If nothing is said, it is the row.
     *
     * @param value an expression, or a value that stands for itself
     * @throws IllegalArgumentException as {@link #where}
     */
    public Clause select(@Nullable Object value) {
        Expression selected = Expression.of(value);
        return new Clause(pattern, guards, selected, head, conditions, selected.compile(head));
    }

    /** Selects a tuple of several values: {@code select(a, b)} is {@code select(tuple(a, b))}. */
    public Clause select(@Nullable Object first, @Nullable Object second, @Nullable Object... more) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(first);
        values.add(second);
        Collections.addAll(values, more);
        return select(MatchSyntax.tuple(values.toArray()));
    }

    @Override
    public List<Clause> clauses() {
        return List.of(this);
    }

    @Override
    @Nullable
    Clause deciding(Tuple row) {
        return fits(row) ? this : null;
    }

    Pattern pattern() {
        return pattern;
    }

    List<Expression> guards() {
        return guards;
    }

    Head head() {
        return head;
    }

    @Override
    boolean means(Tuple row) {
        return body == null ? fits(row) : fits(row) && Boolean.TRUE.equals(value(row));
    }

    boolean fits(Tuple row) {
        return condition.holds(row);
    }

    /** The value for a row that fits. */
    @Nullable
    Object value(Tuple row) {
        Object value = result.of(row);
        if (value == Computation.FAILURE) {
            throw new MatchException(this, body == null ? Row.ROW : body, row);
        }
        return value;
    }

    @Override
    Clause resolved(Map<String, Expression> columns) {
        return of(
                pattern,
                guards.stream().map(guard -> guard.resolve(columns)).toList(),
                body == null ? null : body.resolve(columns));
    }

    private static Set<String> columnsOf(List<Expression> guards, @Nullable Expression body) {
        Set<String> columns = new TreeSet<>();
        guards.forEach(guard -> guard.collectColumns(columns));
        if (body != null) {
            body.collectColumns(columns);
        }
        return columns.isEmpty() ? Set.of() : Collections.unmodifiableSet(columns);
    }

    Tuple term() {
        List<@Nullable Object> guardTerms = new ArrayList<>();
        guards.forEach(guard -> guardTerms.add(guard.term()));
        return body == null ? Tuple.of(pattern.term(), guardTerms) : Tuple.of(pattern.term(), guardTerms, body.term());
    }

    String text() {
        return "match " + pattern
                + (guards.isEmpty()
                        ? ""
                        : guards.stream().map(Object::toString).collect(Collectors.joining(", ", " where ", "")))
                + (body == null ? "" : " select " + body);
    }
}
