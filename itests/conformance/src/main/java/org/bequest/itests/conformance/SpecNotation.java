// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bequest.match.Clause;
import org.bequest.match.Expression;
import org.bequest.match.MatchSpec;
import org.bequest.match.MatchSyntax;
import org.bequest.match.Pattern;
import org.jspecify.annotations.Nullable;

/** How recordings write patterns and match specifications. What they say is said again in the words of the API. */
final class SpecNotation {
    private SpecNotation() {}

    static Pattern pattern(@Nullable Object json) {
        if (json instanceof List<?> elements) {
            return MatchSyntax.list(patterns(elements));
        }
        if (json instanceof Map<?, ?> tagged) {
            if (tagged.get("v") instanceof Long number) {
                return MatchSyntax.var(Math.toIntExact(number));
            }
            if (Boolean.TRUE.equals(tagged.get("any"))) {
                return MatchSyntax.any();
            }
            if (tagged.get("t") instanceof List<?> elements) {
                return MatchSyntax.tuple(patterns(elements));
            }
        }
        return MatchSyntax.constant(TermNotation.read(json));
    }

    private static Object[] patterns(List<?> elements) {
        return elements.stream().map(SpecNotation::pattern).toArray();
    }

    static MatchSpec spec(@Nullable Object json) {
        MatchSpec spec = null;
        for (Object clause : list(json, "clauses")) {
            spec = spec == null ? clause(clause) : spec.or(clause(clause));
        }
        if (spec == null) {
            throw new InexpressibleException("A match specification without a clause");
        }
        return spec;
    }

    private static Clause clause(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> clause) || !clause.containsKey("head")) {
            throw new MalformedException("No clause: " + Json.write(json));
        }
        List<?> body = list(clause.get("body"), "body");
        if (body.size() != 1) {
            throw new MalformedException("Not one expression in the body of " + Json.write(json));
        }
        return MatchSyntax.match(pattern(clause.get("head")))
                .where(expressions(list(clause.get("guards"), "guards")))
                .select(expression(body.get(0)));
    }

    private static Expression[] expressions(List<?> json) {
        return json.stream().map(SpecNotation::expression).toArray(Expression[]::new);
    }

    private static Expression expression(@Nullable Object json) {
        if (json instanceof List<?> elements) {
            return MatchSyntax.list((Object[]) expressions(elements));
        }
        if (json instanceof Map<?, ?> tagged) {
            if (tagged.containsKey("c")) {
                return MatchSyntax.constant(TermNotation.read(tagged.get("c")));
            }
            if (tagged.get("v") instanceof Long number) {
                return MatchSyntax.var(Math.toIntExact(number));
            }
            if (Boolean.TRUE.equals(tagged.get("row"))) {
                return MatchSyntax.row();
            }
            if (Boolean.TRUE.equals(tagged.get("all"))) {
                return MatchSyntax.variables();
            }
            if (tagged.get("t") instanceof List<?> elements) {
                return MatchSyntax.tuple((Object[]) expressions(elements));
            }
            if (tagged.get("g") instanceof List<?> call && !call.isEmpty() && call.get(0) instanceof String operator) {
                return call(operator, call.subList(1, call.size()));
            }
        }
        throw new MalformedException("No expression: " + Json.write(json));
    }

    private static Expression call(String operator, List<?> json) {
        if (operator.equals("element") && json.size() == 2) {
            return expression(json.get(1)).element(fromZero(json.get(0)));
        }
        Expression[] operands = expressions(json);
        Expression call =
                switch (operands.length) {
                    case 1 -> unary(operator, operands[0]);
                    case 2 -> binary(operator, operands[0], operands[1]);
                    default -> null;
                };
        if (call == null) {
            throw new MalformedException("No operator of " + operands.length + ": " + operator);
        }
        return call;
    }

    /** Positions count from one there and from zero here. What is no integer fails as a position, and so does the difference. */
    private static Object fromZero(@Nullable Object position) {
        return position instanceof Map<?, ?> tagged && tagged.get("c") instanceof Long number && number > Long.MIN_VALUE
                ? Objects.requireNonNull(number) - 1
                : expression(position).minus(1);
    }

    private static @Nullable Expression unary(String operator, Expression a) {
        return switch (operator) {
            case "not" -> a.not();
            case "abs" -> a.abs();
            case "size" -> a.tupleSize();
            case "hd" -> a.head();
            case "tl" -> a.tail();
            case "length" -> a.length();
            case "map_size" -> a.mapSize();
            case "is_integer" -> a.isInteger();
            case "is_float" -> a.isFloat();
            case "is_number" -> a.isNumber();
            case "is_binary" -> a.isString();
            case "is_tuple" -> a.isTuple();
            case "is_list" -> a.isList();
            case "is_map" -> a.isMap();
            default -> null;
        };
    }

    private static @Nullable Expression binary(String operator, Expression a, Expression b) {
        return switch (operator) {
            case "<" -> a.lessThan(b);
            case "=<" -> a.atMost(b);
            case ">" -> a.greaterThan(b);
            case ">=" -> a.atLeast(b);
            case "==" -> a.equalTo(b);
            case "/=" -> a.notEqualTo(b);
            case "=:=" -> a.exactly(b);
            case "=/=" -> a.notExactly(b);
            case "and" -> a.and(b);
            case "or" -> a.or(b);
            case "xor" -> a.xor(b);
            case "andalso" -> a.andAlso(b);
            case "orelse" -> a.orElse(b);
            case "+" -> a.plus(b);
            case "-" -> a.minus(b);
            case "*" -> a.times(b);
            case "/" -> a.dividedBy(b);
            case "div" -> a.div(b);
            case "rem" -> a.rem(b);
            default -> null;
        };
    }

    private static List<?> list(@Nullable Object json, String what) {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new MalformedException("No list of " + what + ": " + Json.write(json));
    }
}
