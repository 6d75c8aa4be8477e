// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

/** A table fixed for a walk, see {@link Table#fix}. Threads: any. */
public interface Fixation extends AutoCloseable {
    /** Ends it; again does nothing. */
    @Override
    void close();
}
