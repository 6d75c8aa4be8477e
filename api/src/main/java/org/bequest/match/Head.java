// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A pattern, compiled: the conditions that a row must pass, and where its variables are. */
final class Head {

    private final Pattern pattern;
    private final TreeMap<Integer, List<Place>> places = new TreeMap<>();
    private final List<Condition> conditions = new ArrayList<>();

    private Head(Pattern pattern) {
        this.pattern = pattern;
        addConditions();
        for (List<Place> same : places.values()) {
            for (int i = 1; i < same.size(); i++) {
                conditions.add(new Twins(same.get(0), same.get(i)));
            }
        }
    }

    /** @throws IllegalArgumentException if the pattern has something in it that is none */
    static Head of(Pattern pattern) {
        return new Head(pattern);
    }

    /** A row that passes them all has the form of the pattern; the later ones rely on the earlier ones. */
    List<Condition> conditions() {
        return conditions;
    }

    /**
     * All places of a variable, at least one.
     *
     * @throws IllegalArgumentException if the pattern does not have it
     */
    List<Place> places(Variable variable) {
        List<Place> found = places.get(variable.number());
        if (found == null) {
            throw new IllegalArgumentException("The variable " + variable + " is not in the pattern " + pattern);
        }
        return found;
    }

    /** The first places of all variables, in the order of their numbers. */
    List<Place> variables() {
        List<Place> first = new ArrayList<>(places.size());
        places.values().forEach(same -> first.add(same.get(0)));
        return first;
    }

    /** The row itself is taken apart here, what is in it by tests of its elements. */
    private void addConditions() {
        if (!(pattern instanceof Shape shape)) {
            Test whole = test(pattern, Place.ROW);
            if (whole != null) {
                conditions.add(whole::accepts);
            }
            return;
        }
        List<Expression> elements = shape.elements();
        int size = elements.size();
        boolean isTuple = shape.brackets() == Shape.Brackets.TUPLE;
        conditions.add(row -> isTuple && row.size() == size);
        for (int i = 0; i < size; i++) {
            int index = i;
            if (elements.get(i) instanceof Constant constant) {
                conditions.add(new ExactElement(index, constant.value()));
                continue;
            }
            Test test = test(elements.get(i), Place.ROW.then(i));
            if (test != null) {
                conditions.add(row -> test.accepts(row.get(index)));
            }
        }
    }

    /** The test of a part of the pattern, or null if any term passes it; notes the variables. */
    private @Nullable Test test(Expression part, Place place) {
        if (part instanceof Constant constant) {
            Object value = constant.value();
            return term -> Terms.equal(term, value);
        }
        if (part instanceof Shape shape) {
            return test(shape, place);
        }
        if (part instanceof Variable variable) {
            places.computeIfAbsent(variable.number(), number -> new ArrayList<>(1))
                    .add(place);
            return null;
        }
        if (part instanceof Any) {
            return null;
        }
        throw new IllegalArgumentException(
                part + " cannot stand in a pattern; use a variable there, and compare it in where(...)");
    }

    private Test test(Shape shape, Place place) {
        int size = shape.elements().size();
        @Nullable Test[] tests = new Test[size];
        for (int i = 0; i < size; i++) {
            tests[i] = test(shape.elements().get(i), place.then(i));
        }
        return shape.brackets() == Shape.Brackets.TUPLE
                ? term -> term instanceof Tuple tuple && tuple.size() == size && accept(tests, tuple)
                : term -> term instanceof List<?> list && list.size() == size && accept(tests, list);
    }

    private static boolean accept(@Nullable Test[] tests, Tuple tuple) {
        for (int i = 0; i < tests.length; i++) {
            if (tests[i] != null && !tests[i].accepts(tuple.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean accept(@Nullable Test[] tests, List<?> list) {
        for (int i = 0; i < tests.length; i++) {
            if (tests[i] != null && !tests[i].accepts(list.get(i))) {
                return false;
            }
        }
        return true;
    }

    private interface Test {
        boolean accepts(@Nullable Object term);
    }

    /** Two places of one variable. */
    private record Twins(Place first, Place second) implements Condition {
        @Override
        public boolean holds(Tuple row) {
            return Terms.equal(first.of(row), second.of(row));
        }
    }
}
