// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.jspecify.annotations.Nullable;

/**
 * One addition to an element of a row; {@code {Pos, Incr, Threshold, SetValue}} of {@code ets:update_counter/3}. Immutable.
 *
 * @param position from 0
 * @param increment what is added
 * @param limit null for none
 */
public record CounterUpdate(
        int position, long increment, @Nullable Limit limit) {
    /**
     * A sum beyond the threshold (above it when adding zero or more, below it otherwise) becomes {@code reset}.
     */
    public record Limit(long threshold, long reset) {}

    public static CounterUpdate add(int position, long increment) {
        return new CounterUpdate(position, increment, null);
    }

    public CounterUpdate orElse(long threshold, long reset) {
        return new CounterUpdate(position, increment, new Limit(threshold, reset));
    }

    /** @throws ArithmeticException if the sum is beyond a {@code long} */
    public long of(long value) {
        long sum = Math.addExact(value, increment);
        boolean beyond = limit != null && (increment >= 0 ? sum > limit.threshold : sum < limit.threshold);
        return beyond ? limit.reset : sum;
    }
}
