// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Terms;
import org.bequest.term.Tuple;

/** An element of the row, compared by value with a constant that is a number: what most scans ask of most rows. */
final class NumberComparison implements Computation {

    /* How it works. The constant is there as a long and as a double, as far as these are exactly as great: then a number that a
     * row holds as such is compared as such. All else goes the general way. NaN is no such double, and is greater than any. */

    private final int index;
    private final Number constant;
    private final boolean isLong;
    private final long asLong;
    private final boolean isDouble;
    private final double asDouble;
    private final boolean ifLess;
    private final boolean ifEqual;
    private final boolean ifGreater;

    /** @param turned whether the constant is the first operand, and the element the second */
    NumberComparison(Operator operator, int index, Number constant, boolean turned) {
        this.index = index;
        this.constant = constant;
        this.asLong = constant.longValue();
        this.isLong = Terms.compare(asLong, constant) == 0;
        this.asDouble = constant.doubleValue();
        this.isDouble = !Double.isNaN(asDouble) && Terms.compare(asDouble, constant) == 0;
        this.ifLess = says(operator, turned ? 1L : 0L, turned ? 0L : 1L);
        this.ifEqual = says(operator, 0L, 0L);
        this.ifGreater = says(operator, turned ? 0L : 1L, turned ? 1L : 0L);
    }

    private static boolean says(Operator operator, Object a, Object b) {
        return Boolean.TRUE.equals(operator.apply(a, b));
    }

    @Override
    public Object of(Tuple row) {
        return index < row.size() ? (Object) holds(row) : FAILURE;
    }

    @Override
    public boolean holds(Tuple row) {
        if (index >= row.size()) {
            return false;
        }
        if (isLong && row.isLong(index)) {
            long element = row.getLong(index);
            return element < asLong ? ifLess : element == asLong ? ifEqual : ifGreater;
        }
        if (isDouble && row.isDouble(index)) {
            double element = row.getDouble(index);
            return element < asDouble ? ifLess : element == asDouble ? ifEqual : ifGreater;
        }
        int order = Terms.compare(row.get(index), constant);
        return order < 0 ? ifLess : order == 0 ? ifEqual : ifGreater;
    }
}
