// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

/**
 * The identity of a process, as Erlang's {@code pid()}. It stays the same while the code of the process is replaced,
 * and is never used again after the process has ended.
 *
 * @param node tells kernels apart: each run of a kernel has its own
 * @param number counts up within one node
 */
public record Pid(long node, long number) {

    /** Returns {@code <number.node>}, the node in hexadecimal. */
    @Override
    public String toString() {
        return "<" + number + "." + Long.toHexString(node) + ">";
    }
}
