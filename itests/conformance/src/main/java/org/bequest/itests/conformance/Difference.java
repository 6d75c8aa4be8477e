// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

/** What was done, what was recorded to come of it, and what came. Everything is text. */
public record Difference(String operation, String expected, String got) {
    Difference at(String place) {
        return new Difference(place + ": " + operation, expected, got);
    }
}
