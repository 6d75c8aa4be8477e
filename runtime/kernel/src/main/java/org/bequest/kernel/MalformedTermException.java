// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.io.IOException;

/** Bytes that are no encoded term. The message says why, the position where. */
final class MalformedTermException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_MESSAGE = 200;

    private final int position;

    /** @param position of the term that is wrong, or of the end that came too early, among the bytes read, from 0 */
    MalformedTermException(int position, String problem) {
        // What is wrong may be quoted from the bytes, which may be many.
        super(problem.length() <= LONGEST_MESSAGE ? problem : problem.substring(0, LONGEST_MESSAGE - 1) + "…");
        this.position = position;
    }

    int position() {
        return position;
    }
}
