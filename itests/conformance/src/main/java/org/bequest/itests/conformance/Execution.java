// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program while it is run, on something of its own that goes with it. In one thread. */
public interface Execution extends AutoCloseable {
    /** The program's id. */
    String program();

    /** In JSON, not looked into yet. */
    List<?> operations();

    /**
     * What comes before the first operation. Returns null if that is as recorded.
     *
     * @throws MalformedException if it cannot be read
     */
    default @Nullable Difference start() {
        return null;
    }

    /**
     * Does one more operation. Returns null if all is as recorded.
     *
     * @throws MalformedException if it cannot be read; then nothing was done
     */
    @Nullable
    Difference perform(@Nullable Object operation);

    @Override
    void close();
}
