// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * A node with children: each but the first has a least key, and all keys from that up to the next. Where the children meet is
 * always the same; to add or remove one is to make another fork. A child can be put in place of another.
 *
 * @param <C> what the children are
 */
final class Fork<C> {

    private static final VarHandle CHILDREN = MethodHandles.arrayElementVarHandle(Object[].class);

    private final long[] digests; // of the least keys
    private final @Nullable Object[] leasts;
    private final Object[] children;
    private volatile boolean replaced;

    private Fork(int size) {
        digests = new long[size];
        leasts = new Object[size];
        children = new Object[size];
    }

    Fork(C child) {
        this(1);
        children[0] = child;
    }

    int size() {
        return children.length;
    }

    /** Whether another one is there by now. Set before that has been shown to anybody. */
    boolean replaced() {
        return replaced;
    }

    void setReplaced() {
        replaced = true;
    }

    @SuppressWarnings("unchecked")
    C child(int index) {
        return (C) CHILDREN.getVolatile(children, index);
    }

    void set(int index, C child) {
        CHILDREN.setVolatile(children, index, child);
    }

    /** The index of the child that has that key, if any has. */
    int find(long digest, Object key) {
        int low = 1;
        int high = digests.length;
        while (low < high) {
            int middle = low + high >>> 1;
            long other = digests[middle];
            if (other == digest ? Terms.compare(leasts[middle], key) <= 0 : Long.compareUnsigned(other, digest) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** With two children in place of the one there. */
    Fork<C> with(int index, C left, Object least, C right) {
        Fork<C> next = new Fork<>(size() + 1);
        copy(0, next, 0, index + 1);
        copy(index + 1, next, index + 2, size() - index - 1);
        next.children[index] = left;
        next.digests[index + 1] = Digest.of(least);
        next.leasts[index + 1] = least;
        next.children[index + 1] = right;
        return next;
    }

    Fork<C> without(int index) {
        Fork<C> next = new Fork<>(size() - 1);
        copy(0, next, 0, index);
        copy(index + 1, next, index, next.size() - index);
        return next;
    }

    /** With the child in place of the one there and the next one. */
    Fork<C> merged(int index, C child) {
        Fork<C> next = new Fork<>(size() - 1);
        copy(0, next, 0, index + 1);
        copy(index + 2, next, index + 1, next.size() - index - 1);
        next.children[index] = child;
        return next;
    }

    Fork<C> part(int from, int to) {
        Fork<C> part = new Fork<>(to - from);
        copy(from, part, 0, to - from);
        return part;
    }

    /** The least key of a child but the first. */
    Object least(int index) {
        return leasts[index];
    }

    private void copy(int from, Fork<C> to, int at, int length) {
        System.arraycopy(digests, from, to.digests, at, length);
        System.arraycopy(leasts, from, to.leasts, at, length);
        System.arraycopy(children, from, to.children, at, length);
    }
}
