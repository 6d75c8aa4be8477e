// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.List;
import java.util.Objects;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The way back from terms. Each part is made anew and must then be written just as it was read, or it is refused. */
final class Reading {

    private Reading() {}

    static MatchSpec spec(@Nullable Object term) {
        if (term instanceof List<?> clauses && !clauses.isEmpty()) {
            return MatchSpec.of(clauses.stream().map(Reading::clause).toList());
        }
        throw refused("list of clauses", term);
    }

    private static Clause clause(@Nullable Object term) {
        if (term instanceof Tuple parts
                && (parts.size() == 2 || parts.size() == 3)
                && parts.get(1) instanceof List<?> guards) {
            return Clause.of(
                    pattern(parts.get(0)),
                    guards.stream().map(Reading::expression).toList(),
                    parts.size() == 2 ? null : expression(parts.get(2)));
        }
        throw refused("clause {pattern, [guards], body}", term);
    }

    private static Pattern pattern(@Nullable Object term) {
        if (expression(term) instanceof Pattern pattern) {
            return pattern;
        }
        throw refused("pattern", term);
    }

    private static Expression expression(@Nullable Object term) {
        @Nullable Expression expression = term instanceof Tuple tuple ? ofTuple(tuple) : Constant.of(term);
        if (expression != null && Objects.equals(expression.term(), term)) {
            return expression;
        }
        throw refused("expression", term);
    }

    /** Whatever comes nearest: a wrong number of parts shows when it is compared. */
    private static @Nullable Expression ofTuple(Tuple term) {
        if (term.size() == 0 || !(term.get(0) instanceof String tag)) {
            return null;
        }
        Object part = term.size() == 1 ? null : term.get(1);
        return switch (tag) {
            case Any.TAG -> Any.ANY;
            case Row.TAG -> Row.ROW;
            case Cell.TAG -> Cell.ofTerm(term);
            case AllVariables.TAG -> AllVariables.ALL;
            case Constant.TAG -> Constant.of(part);
            case Variable.TAG ->
                part instanceof Long number && 0 <= number && number <= Integer.MAX_VALUE
                        ? new Variable(number.intValue())
                        : null;
            case Column.TAG -> part instanceof String name ? new Column(name) : null;
            case Shape.TUPLE_TAG -> Shape.of(Shape.Brackets.TUPLE, (Object[]) parts(term));
            case Shape.LIST_TAG -> Shape.of(Shape.Brackets.LIST, (Object[]) parts(term));
            default -> call(tag, parts(term));
        };
    }

    private static @Nullable Expression call(String symbol, Expression[] operands) {
        Operator operator = Operator.of(symbol);
        return operator == null || operator.arity() != operands.length ? null : Call.of(operator, (Object[]) operands);
    }

    private static Expression[] parts(Tuple term) {
        return term.toList().stream().skip(1).map(Reading::expression).toArray(Expression[]::new);
    }

    private static IllegalArgumentException refused(String wanted, @Nullable Object term) {
        return new IllegalArgumentException("Not the term of a match specification: " + Constant.of(term) + " is no "
                + wanted + ". Such terms are made by MatchSpec.toTerm()");
    }
}
