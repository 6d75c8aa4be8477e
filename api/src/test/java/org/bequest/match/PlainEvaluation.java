// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What a specification says of a row, by the book and from its term: variables are bound as they are met, then one operator is
 * applied after the other. Slow and plain, to compare the compiled form with.
 */
final class PlainEvaluation {

    static final Object NO_MATCH = new Object();

    private final Tuple row;
    private final TreeMap<Object, @Nullable Object> variables = new TreeMap<>();

    private PlainEvaluation(Tuple row) {
        this.row = row;
    }

    /** The value, {@link #NO_MATCH}, or {@link Computation#FAILURE}. */
    static @Nullable Object of(MatchSpec spec, Tuple row) {
        for (Object clause : (List<?>) spec.toTerm()) {
            Tuple parts = (Tuple) clause;
            PlainEvaluation evaluation = new PlainEvaluation(row);
            if (evaluation.matches(parts.get(0), row)
                    && ((List<?>) parts.get(1))
                            .stream().allMatch(guard -> Boolean.TRUE.equals(evaluation.value(guard)))) {
                return parts.size() == 2 ? row : evaluation.value(parts.get(2));
            }
        }
        return NO_MATCH;
    }

    private boolean matches(@Nullable Object pattern, @Nullable Object term) {
        if (!(pattern instanceof Tuple parts)) {
            return Terms.equal(pattern, term);
        }
        return switch (parts.getString(0)) {
            case Any.TAG -> true;
            case Constant.TAG -> Terms.equal(parts.get(1), term);
            case Variable.TAG -> {
                boolean fits = !variables.containsKey(parts.get(1)) || Terms.equal(variables.get(parts.get(1)), term);
                variables.putIfAbsent(parts.get(1), term);
                yield fits;
            }
            case Shape.TUPLE_TAG -> term instanceof Tuple tuple && allMatch(operands(parts), tuple.toList());
            case Shape.LIST_TAG -> term instanceof List<?> list && allMatch(operands(parts), list);
            default -> throw new AssertionError(pattern);
        };
    }

    private boolean allMatch(List<?> patterns, List<?> terms) {
        Iterator<?> term = terms.iterator();
        return patterns.size() == terms.size() && patterns.stream().allMatch(pattern -> matches(pattern, term.next()));
    }

    private @Nullable Object value(@Nullable Object expression) {
        if (!(expression instanceof Tuple parts)) {
            return expression;
        }
        return switch (parts.getString(0)) {
            case Row.TAG -> row;
            case Constant.TAG -> parts.get(1);
            case Variable.TAG -> variables.get(parts.get(1));
            case AllVariables.TAG -> Terms.copyOf(new ArrayList<>(variables.values()));
            default -> applied(parts);
        };
    }

    private @Nullable Object applied(Tuple parts) {
        Operator operator = Operator.of(parts.getString(0));
        Object first = value(parts.get(1));
        if (operator == Operator.AND_ALSO && Boolean.FALSE.equals(first)
                || operator == Operator.OR_ELSE && Boolean.TRUE.equals(first)) {
            return first;
        }
        Object second = operator.arity() == 1 ? null : value(parts.get(2));
        if (first == Computation.FAILURE || second == Computation.FAILURE) {
            return Computation.FAILURE;
        }
        if (operator == Operator.AND_ALSO || operator == Operator.OR_ELSE) {
            return first instanceof Boolean ? second : Computation.FAILURE;
        }
        return operator.arity() == 1 ? operator.apply(first) : operator.apply(first, second);
    }

    private static List<@Nullable Object> operands(Tuple parts) {
        return parts.toList().subList(1, parts.size());
    }
}
