// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.bequest.tables.heap.Batch.Pending;
import org.jspecify.annotations.Nullable;

/**
 * Some cells in the order of their keys. Its keys are always the same; to add or remove one is to make another leaf. A cell can
 * be put in place of another, by whoever holds the monitor of the branch that the leaf hangs on.
 */
final class Leaf {

    /* How it works. Beside each cell stands a code, 31 bits of its key's digest: how far it lies above a base, in steps of a
     * power of two. Keys beyond are cut to the least or greatest code, so codes are in the order of keys whatever the
     * scale; it is only a question of how often two are the same and rows have to be looked at. The scale is made anew,
     * from the rows, when a key comes that is beyond it, or when its steps have become too long for the keys of a leaf that
     * is cut. If keys are so near to each other that even their digests tie, it is a scale of what follows their stem.
     */

    static final int MAX_SIZE = 64;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Object[].class);

    private final Keys keys;
    private final @Nullable Stem stem;
    private final long base;
    private final byte shift;
    private final int[] codes;
    private final Object[] cells;
    private volatile boolean replaced;

    private Leaf(Keys keys, @Nullable Stem stem, long base, int shift, int[] codes, Object[] cells) {
        this.keys = keys;
        this.stem = stem;
        this.base = base;
        this.shift = (byte) shift;
        this.codes = codes;
        this.cells = cells;
    }

    /** An empty one. */
    Leaf(Keys keys) {
        this(keys, null, 0, 0, new int[0], new Object[0]);
    }

    /** On a scale that fits them, and as much again at either end. */
    private static Leaf fitted(Keys keys, Object[] cells) {
        Object first = keys.of(cells[0]);
        Object last = keys.of(cells[cells.length - 1]);
        Stem stem = Stem.ifCrowded(first, last, Digest.of(last) - Digest.of(first), cells.length);
        long least = digest(stem, first);
        long width = digest(stem, last) - least;
        long margin = Math.max(1 << 29, width);
        if (width < 0 || width >= Long.MAX_VALUE / 4) { // a scale for all keys
            least = 0;
            margin = 0;
            width = -1;
        } else {
            least = Long.compareUnsigned(least, margin) < 0 ? 0 : least - margin;
            width += 2 * margin;
        }
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(width) - (Integer.SIZE - 1));
        int[] codes = new int[cells.length];
        for (int i = 0; i < cells.length; i++) {
            long digest = stem == null ? keys.digest(cells[i]) : stem.digest(keys.of(cells[i]));
            codes[i] = code(digest, least, shift);
        }
        return new Leaf(keys, stem, least, shift, codes, cells);
    }

    private static long digest(@Nullable Stem stem, Object key) {
        return stem == null ? Digest.of(key) : stem.digest(key);
    }

    private static int code(long digest, long base, int shift) {
        if (Long.compareUnsigned(digest, base) < 0) {
            return 0;
        }
        long code = digest - base >>> shift;
        return Long.compareUnsigned(code, Integer.MAX_VALUE) > 0 ? Integer.MAX_VALUE : (int) code;
    }

    private int code(long digest, Object key) {
        return code(stem == null ? digest : stem.digest(key), base, shift);
    }

    int size() {
        return cells.length;
    }

    /** Whether another one is there by now. Set before that has been shown to anybody. */
    boolean replaced() {
        return replaced;
    }

    void setReplaced() {
        replaced = true;
    }

    Object cell(int index) {
        return CELLS.getVolatile(cells, index);
    }

    /** Gives each cell that is plain its place in the array, null to the others. */
    void copyPlain(@Nullable Object[] plain) {
        for (int i = 0; i < cells.length; i++) {
            Object cell = cell(i);
            plain[i] = cell instanceof Pending ? null : cell;
        }
    }

    Object key(int index) {
        return keys.of(cell(index));
    }

    void set(int index, Object cell) {
        CELLS.setVolatile(cells, index, cell);
    }

    /** The index of the key; -1 - the index that it would have, if it is not there. */
    int find(long digest, Object key) {
        int code = code(digest, key);
        int low = 0;
        int high = codes.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Integer.compare(codes[middle], code);
            if (order == 0) {
                order = keys.compareKey(cell(middle), key);
                if (order == 0) {
                    return middle;
                }
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    Leaf with(int index, long digest, Object key, Object cell) {
        Object[] more = new Object[cells.length + 1];
        System.arraycopy(cells, 0, more, 0, index);
        more[index] = cell;
        System.arraycopy(cells, index, more, index + 1, cells.length - index);
        int code = code(digest, key);
        if (code == 0 || code == Integer.MAX_VALUE) {
            return fitted(keys, more);
        }
        int[] moreCodes = new int[more.length];
        System.arraycopy(codes, 0, moreCodes, 0, index);
        moreCodes[index] = code;
        System.arraycopy(codes, index, moreCodes, index + 1, codes.length - index);
        return new Leaf(keys, stem, base, shift, moreCodes, more);
    }

    Leaf without(int index) {
        Object[] fewer = new Object[cells.length - 1];
        System.arraycopy(cells, 0, fewer, 0, index);
        System.arraycopy(cells, index + 1, fewer, index, fewer.length - index);
        int[] fewerCodes = new int[fewer.length];
        System.arraycopy(codes, 0, fewerCodes, 0, index);
        System.arraycopy(codes, index + 1, fewerCodes, index, fewer.length - index);
        return new Leaf(keys, stem, base, shift, fewerCodes, fewer);
    }

    Leaf part(int from, int to) {
        Object[] part = Arrays.copyOfRange(cells, from, to);
        if (Stem.isCrowded(codes[to - 1] - codes[from], part.length)) {
            return fitted(keys, part);
        }
        return new Leaf(keys, stem, base, shift, Arrays.copyOfRange(codes, from, to), part);
    }

    /** With those of the next leaf. */
    Leaf with(Leaf next) {
        Object[] both = Arrays.copyOf(cells, cells.length + next.cells.length);
        System.arraycopy(next.cells, 0, both, cells.length, next.cells.length);
        return fitted(keys, both);
    }
}
