// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
    private @Nullable Stem stem; // of the least keys; like the arrays, it is not written to once others see this one
    private volatile boolean replaced;

    private Fork(int size, @Nullable Stem stem) {
        this.digests = new long[size];
        this.leasts = new Object[size];
        this.children = new Object[size];
        this.stem = stem;
    }

    Fork(C child) {
        this(1, null);
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
    int find(long digest, Object key, Keys keys) {
        long sought = stem == null ? digest : stem.digest(key);
        int low = 1;
        int high = digests.length;
        while (low < high) {
            int middle = low + high >>> 1;
            long other = digests[middle];
            if (other == sought ? keys.compare(leasts[middle], key) <= 0 : Long.compareUnsigned(other, sought) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** With two children in place of the one there. */
    Fork<C> with(int index, C left, Object least, C right) {
        Fork<C> next = new Fork<>(size() + 1, stem);
        copy(0, next, 0, index + 1);
        copy(index + 1, next, index + 2, size() - index - 1);
        next.children[index] = left;
        next.leasts[index + 1] = least;
        next.children[index + 1] = right;
        next.setDigest(index + 1);
        return next;
    }

    /** Of a least key that is new here. */
    private void setDigest(int index) {
        long digest = stem == null ? Digest.of(leasts[index]) : stem.digest(leasts[index]);
        digests[index] = digest;
        boolean tied = index > 1 && digests[index - 1] == digest || index + 1 < size() && digests[index + 1] == digest;
        if (tied || stem != null && (digest == 0 || digest == -1)) {
            fit();
        }
    }

    private void fit() {
        int last = size() - 1;
        if (last < 2) {
            return;
        }
        long width = Digest.of(leasts[last]) - Digest.of(leasts[1]);
        Stem fitting = Stem.ifCrowded(leasts[1], leasts[last], width, last);
        if (stem != null || fitting != null) {
            stem = fitting;
            for (int i = 1; i <= last; i++) {
                digests[i] = stem == null ? Digest.of(leasts[i]) : stem.digest(leasts[i]);
            }
        }
    }

    Fork<C> without(int index) {
        Fork<C> next = new Fork<>(size() - 1, stem);
        copy(0, next, 0, index);
        copy(index + 1, next, index, next.size() - index);
        return next;
    }

    /** With the child in place of the one there and the next one. */
    Fork<C> merged(int index, C child) {
        Fork<C> next = new Fork<>(size() - 1, stem);
        copy(0, next, 0, index + 1);
        copy(index + 2, next, index + 1, next.size() - index - 1);
        next.children[index] = child;
        return next;
    }

    Fork<C> part(int from, int to) {
        Fork<C> part = new Fork<>(to - from, stem);
        copy(from, part, 0, to - from);
        part.fit();
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
