// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MatchSpec#evaluate} says of a row: whether it matches, and the value selected, which may be null. Immutable.
 */
public abstract sealed class Match {

    static final Match NONE = new None();

    private Match() {}

    /** Tells whether the row matches. */
    public abstract boolean found();

    /**
     * Returns the value selected, a term, which may be null.
     *
     * @throws NoSuchElementException if the row does not match
     */
    public abstract @Nullable Object value();

    static final class Found extends Match {
        private final @Nullable Object value;

        Found(@Nullable Object value) {
            this.value = value;
        }

        @Override
        public boolean found() {
            return true;
        }

        @Override
        public @Nullable Object value() {
            return value;
        }

        @Override
        public String toString() {
            return "matches: " + value;
        }
    }

    private static final class None extends Match {
        @Override
        public boolean found() {
            return false;
        }

        @Override
        public @Nullable Object value() {
            throw new NoSuchElementException("The row does not match; ask found() first");
        }

        @Override
        public String toString() {
            return "no match";
        }
    }
}
