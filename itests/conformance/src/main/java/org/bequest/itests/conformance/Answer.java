// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import org.jspecify.annotations.Nullable;

/** What came of an operation. */
sealed interface Answer {
    record Term(@Nullable Object value) implements Answer {
        @Override
        public String toString() {
            return TermNotation.write(value);
        }
    }

    /** There is no such key any more; {@code '$end_of_table'}. */
    record End() implements Answer {
        @Override
        public String toString() {
            return "{\"end\":true}";
        }
    }

    /** One of the refusals that the API documents; {@code badarg}. */
    record Refusal(RuntimeException reason) implements Answer {
        @Override
        public String toString() {
            return "{\"error\":\"badarg\"}, as " + reason;
        }
    }

    /** What no caller should ever see. */
    record Failure(Throwable reason) implements Answer {
        @Override
        public String toString() {
            StackTraceElement[] stack = reason.getStackTrace();
            return "a failure: " + reason + (stack.length == 0 ? "" : " at " + stack[0]);
        }
    }
}
