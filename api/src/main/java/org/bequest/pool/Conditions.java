// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's specification says to borrowers, read once.
 *
 * @param term that it was read from; another object once it has changed
 * @param most workers that there may be
 */
record Conditions(
        Object term,
        boolean lifo,
        boolean watched,
        int most,
        Duration timeout,
        @Nullable Object validation,
        Duration validationTimeout) {
    static Conditions of(@Nullable Object term) {
        PoolSpec spec = PoolSpec.ofTerm(term);
        return new Conditions(
                Objects.requireNonNull(term),
                spec.strategy() == Strategy.LIFO,
                spec.leakThreshold() != null,
                spec.size() + spec.maxOverflow(),
                spec.checkoutTimeout(),
                spec.validation(),
                spec.validationTimeout());
    }
}
