// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import org.jspecify.annotations.Nullable;

/** A kind of recording: knows how to do what one says. Threads: any, for several programs at a time. */
@FunctionalInterface
public interface Suite {
    /**
     * Makes ready for a program; a line of a recording.
     *
     * @throws MalformedException if it is none
     */
    Execution begin(@Nullable Object json);
}
