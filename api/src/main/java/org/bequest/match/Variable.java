// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;

/** What matched at a place in the row. */
final class Variable extends Pattern {

    static final String TAG = "var";

    private final int number;

    Variable(int number) {
        super(Tuple.of(TAG, number));
        if (number < 0) {
            throw new IllegalArgumentException("The number of a variable must not be negative, was " + number);
        }
        this.number = number;
    }

    int number() {
        return number;
    }

    @Override
    Computation compile(Head head) {
        Place place = head.places(this).get(0);
        return place.isElement() ? new Element(place.index()) : place;
    }

    @Override
    public String toString() {
        return "$" + number;
    }
}
