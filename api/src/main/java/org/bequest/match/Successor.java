// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.math.BigInteger;
import java.util.UUID;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** A term that is greater than another, and not by much. */
final class Successor {

    private static final UUID LEAST_UUID = new UUID(0, 0);

    private Successor() {}

    /** Returns null for kinds of terms where none is known. */
    static @Nullable Object of(Object term) {
        if (term instanceof String string) {
            return string + '\0';
        }
        if (term instanceof Long || term instanceof BigInteger) {
            return Terms.copyOf(new BigInteger(term.toString()).add(BigInteger.ONE));
        }
        if (term instanceof Double number) {
            return ofFloat(number);
        }
        if (term instanceof UUID uuid) {
            return ofUuid(uuid);
        }
        if (term instanceof Boolean bool) {
            return bool ? LEAST_UUID : true; // with null in between
        }
        return null;
    }

    private static Object ofFloat(double number) {
        if (Double.isNaN(number)) {
            return false; // booleans follow the numbers, of which this is the greatest
        }
        return number == Double.POSITIVE_INFINITY ? Double.NaN : Math.nextUp(number);
    }

    private static @Nullable UUID ofUuid(UUID uuid) {
        long low = uuid.getLeastSignificantBits() + 1;
        long high = uuid.getMostSignificantBits() + (low == 0 ? 1 : 0);
        return low == 0 && high == 0 ? null : new UUID(high, low);
    }
}
