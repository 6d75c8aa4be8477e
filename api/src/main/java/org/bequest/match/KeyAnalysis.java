// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bequest.match.KeyRange.Bound;
import org.bequest.match.KeyRange.Keys;
import org.bequest.match.KeyRange.Range;
import org.bequest.term.NotATermException;
import org.bequest.term.Tuple;

/** What one clause says of the key. */
final class KeyAnalysis {

    /* How it works. The guards are read first: each that compares a place in the row with a constant bounds that place, and
     * so does each side of a conjunction. Guards of any other form bound nothing. Then the key's part of the pattern is read
     * from the outside in: a constant is one key; a tuple is bounded by what bounds its elements (TupleRange); and what the
     * guards say of that place is intersected. Null is never a key, and too rare within one to be worth the trouble: it
     * bounds nothing.
     * Why: docs/decisions/0008-match-specs-are-data.md */

    private final Clause clause;
    private final KeyAlgebra algebra;
    private final Map<Place, KeyRange> bounded = new HashMap<>();

    private KeyAnalysis(Clause clause, KeyAlgebra algebra) {
        this.clause = clause;
        this.algebra = algebra;
    }

    static KeyRange of(List<Clause> clauses, int keyPosition, boolean byValue) {
        KeyAlgebra algebra = byValue ? KeyAlgebra.BY_VALUE : KeyAlgebra.EXACT;
        KeyRange all = KeyAlgebra.NOTHING;
        for (Clause clause : clauses) {
            all = algebra.union(all, new KeyAnalysis(clause, algebra).key(keyPosition));
        }
        return all;
    }

    private KeyRange key(int position) {
        try {
            clause.guards().forEach(this::bound);
            return key(clause.pattern(), position);
        } catch (NotATermException nestedTooDeep) { // a bound that would be, made of parts that are not
            return Range.EVERY;
        }
    }

    private KeyRange key(Pattern pattern, int position) {
        Place key = Place.ROW.then(position);
        if (pattern instanceof Variable || pattern instanceof Any) {
            return bounds(key);
        }
        if (pattern instanceof Shape shape
                && shape.brackets() == Shape.Brackets.TUPLE
                && position < shape.elements().size()) {
            return range(shape.elements().get(position), key);
        }
        if (pattern instanceof Constant constant && constant.value() instanceof Tuple row && position < row.size()) {
            return range(Constant.of(row.get(position)), key);
        }
        return KeyAlgebra.NOTHING; // no row of the table is such
    }

    private KeyRange range(Expression part, Place place) {
        return algebra.intersection(shape(part, place), bounds(place));
    }

    private KeyRange shape(Expression part, Place place) {
        if (part instanceof Constant constant) {
            Object value = constant.value();
            return value == null ? Range.EVERY : new Keys(List.of(value));
        }
        if (part instanceof Shape shape && shape.brackets() == Shape.Brackets.TUPLE) {
            TupleRange tuple = new TupleRange(shape.elements().size());
            for (int i = 0; i < shape.elements().size(); i++) {
                tuple.add(range(shape.elements().get(i), place.then(i)));
            }
            return tuple.range();
        }
        return Range.EVERY;
    }

    private KeyRange bounds(Place place) {
        return bounded.getOrDefault(place, Range.EVERY);
    }

    private void bound(Expression guard) {
        if (!(guard instanceof Call call) || call.operator().arity() != 2) {
            return;
        }
        if (call.operator() == Operator.AND || call.operator() == Operator.AND_ALSO) {
            bound(call.operand(0));
            bound(call.operand(1));
        } else if (call.operand(1) instanceof Constant constant && constant.value() != null) {
            bound(call.operand(0), range(call.operator(), constant.value()));
        } else if (call.operand(0) instanceof Constant constant && constant.value() != null) {
            bound(call.operand(1), range(turned(call.operator()), constant.value()));
        }
    }

    private void bound(Expression operand, KeyRange range) {
        places(operand).forEach(place -> bounded.merge(place, range, algebra::intersection));
    }

    /** Where in the row the operand is, if it is a part of it: perhaps at several places, where all is exactly equal. */
    private List<Place> places(Expression operand) {
        if (operand instanceof Row) {
            return List.of(Place.ROW);
        }
        if (operand instanceof Variable variable) {
            return clause.head().places(variable);
        }
        if (operand instanceof Call call
                && call.operator() == Operator.ELEMENT
                && call.operand(0) instanceof Constant constant
                && constant.value() instanceof Long index
                && 0 <= index
                && index <= Integer.MAX_VALUE) {
            return places(call.operand(1)).stream()
                    .map(place -> place.then(index.intValue()))
                    .toList();
        }
        return List.of();
    }

    private KeyRange range(Operator operator, Object constant) {
        return switch (operator) {
            case EXACTLY -> new Keys(List.of(constant));
            case EQUAL -> algebra.equalByValue(constant);
            case LESS -> new Range(null, new Bound(constant, false));
            case AT_MOST -> new Range(null, new Bound(constant, true));
            case GREATER -> new Range(new Bound(constant, false), null);
            case AT_LEAST -> new Range(new Bound(constant, true), null);
            default -> Range.EVERY;
        };
    }

    /** The operator that says the same with its operands swapped. */
    private static Operator turned(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case AT_MOST -> Operator.AT_LEAST;
            case GREATER -> Operator.LESS;
            case AT_LEAST -> Operator.AT_MOST;
            case EXACTLY, EQUAL -> operator;
            default -> Operator.NOT_EQUAL; // which bounds nothing
        };
    }
}
