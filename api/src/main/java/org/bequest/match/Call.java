// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import static org.bequest.match.Computation.FAILURE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An operator and its operands. */
final class Call extends Expression {

    private final Operator operator;
    private final List<Expression> operands;

    private Call(Operator operator, List<Expression> operands) {
        super(termOf(operator.symbol(), operands));
        this.operator = operator;
        this.operands = operands;
    }

    static Call of(Operator operator, @Nullable Object... operands) {
        return new Call(operator, listOf(operands));
    }

    Operator operator() {
        return operator;
    }

    Expression operand(int index) {
        return operands.get(index);
    }

    @Override
    Computation compile(Head head) {
        Computation first = operands.get(0).compile(head);
        if (operator.arity() == 1) {
            return row -> {
                Object a = first.of(row);
                return a == FAILURE ? FAILURE : operator.apply(a);
            };
        }
        Computation second = operands.get(1).compile(head);
        Computation ofElement = ofElement(first, second);
        if (ofElement != null) {
            return ofElement;
        }
        if (operator == Operator.AND_ALSO || operator == Operator.OR_ELSE) {
            Boolean goesOn = operator == Operator.AND_ALSO;
            return row -> {
                Object a = first.of(row);
                return goesOn.equals(a) ? second.of(row) : a instanceof Boolean ? a : FAILURE;
            };
        }
        return row -> {
            Object a = first.of(row);
            if (a == FAILURE) {
                return FAILURE;
            }
            Object b = second.of(row);
            return b == FAILURE ? FAILURE : operator.apply(a, b);
        };
    }

    /** What comes up in most scans, an element of the row and a constant, in a form that reads the row without a detour. */
    private @Nullable Computation ofElement(Computation first, Computation second) {
        if (operands.get(1) instanceof Constant constant && first instanceof Element element) {
            return compared(element, constant.value(), false);
        }
        if (operands.get(0) instanceof Constant constant) {
            if (second instanceof Element element) {
                return compared(element, constant.value(), true);
            }
            if (operator == Operator.ELEMENT
                    && second == Place.ROW
                    && constant.value() instanceof Long index
                    && 0 <= index
                    && index <= Integer.MAX_VALUE) {
                return new Element(index.intValue());
            }
        }
        return null;
    }

    private @Nullable Computation compared(Element element, @Nullable Object constant, boolean turned) {
        return switch (operator) {
            case EXACTLY -> new ExactElement(element.index(), constant);
            case LESS, AT_MOST, GREATER, AT_LEAST, EQUAL, NOT_EQUAL ->
                constant instanceof Number number
                        ? new NumberComparison(operator, element.index(), number, turned)
                        : null;
            default -> null;
        };
    }

    /** All guards must be exactly true, and so must both sides of a conjunction that is one. */
    @Override
    void addConditions(Head head, List<Condition> conditions) {
        if (operator == Operator.AND || operator == Operator.AND_ALSO) {
            operands.forEach(operand -> operand.addConditions(head, conditions));
        } else {
            super.addConditions(head, conditions);
        }
    }

    @Override
    void collectColumns(Set<String> names) {
        operands.forEach(operand -> operand.collectColumns(names));
    }

    @Override
    Expression resolve(Map<String, Expression> columns) {
        return of(
                operator,
                operands.stream().map(operand -> operand.resolve(columns)).toArray());
    }

    @Override
    public String toString() {
        return operator.isInfix()
                ? inBrackets(operands.get(0)) + " " + operator.symbol() + " " + inBrackets(operands.get(1))
                : operator.symbol()
                        + operands.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String inBrackets(Expression operand) {
        return operand instanceof Call call && call.operator.isInfix() ? "(" + operand + ")" : operand.toString();
    }
}
