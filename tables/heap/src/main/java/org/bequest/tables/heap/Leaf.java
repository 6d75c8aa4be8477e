// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.bequest.term.Terms;

/**
 * Some cells in the order of their keys. Its keys are always the same; to add or remove one is to make another leaf. A cell can
 * be put in place of another, by whoever holds the monitor of the branch that the leaf hangs on.
 */
final class Leaf {

    /* How it works. Beside each cell stands a code, 31 bits of its key's digest: how far it lies above a base, in steps of a
     * power of two. Keys beyond are cut to the least or greatest code, so codes are in the order of keys whatever the
     * scale; it is only a question of how often two are the same and rows have to be looked at. The scale is made anew,
     * from the rows, when a key comes that is beyond it, or when its steps have become too long for the keys of a leaf that
     * is cut.
     */

    static final int MAX_SIZE = 64;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final int FINE = 64; // steps there are to be between two neighbours

    private final int keyPosition;
    private final long base;
    private final int shift;
    private final int[] codes;
    private final Object[] cells;
    private volatile boolean replaced;

    private Leaf(int keyPosition, long base, int shift, int[] codes, Object[] cells) {
        this.keyPosition = keyPosition;
        this.base = base;
        this.shift = shift;
        this.codes = codes;
        this.cells = cells;
    }

    /** An empty one. */
    Leaf(int keyPosition) {
        this(keyPosition, 0, 0, new int[0], new Object[0]);
    }

    /** On a scale that fits them, and as much again at either end. */
    private static Leaf fitted(int keyPosition, Object[] cells) {
        long least = Digest.of(Cells.key(cells[0], keyPosition));
        long width = Digest.of(Cells.key(cells[cells.length - 1], keyPosition)) - least;
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
            codes[i] = code(Digest.of(Cells.key(cells[i], keyPosition)), least, shift);
        }
        return new Leaf(keyPosition, least, shift, codes, cells);
    }

    private static int code(long digest, long base, int shift) {
        if (Long.compareUnsigned(digest, base) < 0) {
            return 0;
        }
        long code = digest - base >>> shift;
        return Long.compareUnsigned(code, Integer.MAX_VALUE) > 0 ? Integer.MAX_VALUE : (int) code;
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

    Object key(int index) {
        return Cells.key(cell(index), keyPosition);
    }

    void set(int index, Object cell) {
        CELLS.setVolatile(cells, index, cell);
    }

    /** The index of the key; -1 - the index that it would have, if it is not there. */
    int find(long digest, Object key) {
        int code = code(digest, base, shift);
        int low = 0;
        int high = codes.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Integer.compare(codes[middle], code);
            if (order == 0) {
                order = Terms.compare(key(middle), key);
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

    Leaf with(int index, long digest, Object cell) {
        Object[] more = new Object[cells.length + 1];
        System.arraycopy(cells, 0, more, 0, index);
        more[index] = cell;
        System.arraycopy(cells, index, more, index + 1, cells.length - index);
        int code = code(digest, base, shift);
        if (code == 0 || code == Integer.MAX_VALUE) {
            return fitted(keyPosition, more);
        }
        int[] moreCodes = new int[more.length];
        System.arraycopy(codes, 0, moreCodes, 0, index);
        moreCodes[index] = code;
        System.arraycopy(codes, index, moreCodes, index + 1, codes.length - index);
        return new Leaf(keyPosition, base, shift, moreCodes, more);
    }

    Leaf without(int index) {
        Object[] fewer = new Object[cells.length - 1];
        System.arraycopy(cells, 0, fewer, 0, index);
        System.arraycopy(cells, index + 1, fewer, index, fewer.length - index);
        int[] fewerCodes = new int[fewer.length];
        System.arraycopy(codes, 0, fewerCodes, 0, index);
        System.arraycopy(codes, index + 1, fewerCodes, index, fewer.length - index);
        return new Leaf(keyPosition, base, shift, fewerCodes, fewer);
    }

    Leaf part(int from, int to) {
        Object[] part = Arrays.copyOfRange(cells, from, to);
        if (shift > 0 && codes[to - 1] - codes[from] < FINE * part.length) {
            return fitted(keyPosition, part);
        }
        return new Leaf(keyPosition, base, shift, Arrays.copyOfRange(codes, from, to), part);
    }

    /** With those of the next leaf. */
    Leaf with(Leaf next) {
        Object[] both = Arrays.copyOf(cells, cells.length + next.cells.length);
        System.arraycopy(next.cells, 0, both, cells.length, next.cells.length);
        return fitted(keyPosition, both);
    }
}
