// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bequest.term.NotATermException;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A tuple or a list written out, with at least one element that is no constant: else it is a constant itself. */
final class Shape extends Pattern {

    static final String TUPLE_TAG = "tuple";
    static final String LIST_TAG = "list";

    enum Brackets {
        TUPLE(TUPLE_TAG),
        LIST(LIST_TAG);

        final String tag;

        Brackets(String tag) {
            this.tag = tag;
        }

        /** @throws NotATermException if it would be nested too deep or hold too much */
        private Object around(@Nullable Object[] values) {
            return this == TUPLE ? Tuple.of(values) : Tuple.of(values).toList();
        }

        Computation around(List<? extends Computation> elements) {
            Computation[] parts = elements.toArray(Computation[]::new);
            return row -> {
                @Nullable Object[] values = new Object[parts.length];
                for (int i = 0; i < parts.length; i++) {
                    values[i] = parts[i].of(row);
                    if (values[i] == Computation.FAILURE) {
                        return Computation.FAILURE;
                    }
                }
                try {
                    return around(values);
                } catch (NotATermException e) {
                    return Computation.FAILURE;
                }
            };
        }
    }

    private final Brackets brackets;
    private final List<Expression> elements;

    private Shape(Brackets brackets, List<Expression> elements) {
        super(termOf(brackets.tag, elements));
        this.brackets = brackets;
        this.elements = elements;
    }

    static Pattern of(Brackets brackets, @Nullable Object... elements) {
        List<Expression> parts = listOf(elements);
        @Nullable Object[] constants = new Object[elements.length];
        for (int i = 0; i < constants.length; i++) {
            if (!(parts.get(i) instanceof Constant constant)) {
                return new Shape(brackets, parts);
            }
            constants[i] = constant.value();
        }
        return Constant.of(brackets.around(constants));
    }

    Brackets brackets() {
        return brackets;
    }

    List<Expression> elements() {
        return elements;
    }

    @Override
    Computation compile(Head head) {
        return brackets.around(
                elements.stream().map(element -> element.compile(head)).toList());
    }

    @Override
    void collectColumns(Set<String> names) {
        elements.forEach(element -> element.collectColumns(names));
    }

    @Override
    Expression resolve(Map<String, Expression> columns) {
        return of(
                brackets,
                elements.stream().map(element -> element.resolve(columns)).toArray());
    }

    @Override
    public String toString() {
        String text = elements.stream().map(Object::toString).collect(Collectors.joining(", "));
        return brackets == Brackets.TUPLE ? "{" + text + "}" : "[" + text + "]";
    }
}
