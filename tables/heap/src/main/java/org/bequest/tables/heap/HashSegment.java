// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The cells of all keys whose codes have the same first bits. What writes is called under this object's monitor. */
final class HashSegment {

    /* How it works. A key's home is the slot that its code has by rule of three, so homes are in the order of codes. Its cell
     * is there or in one of the slots after, and no slot between is empty. There is no way round from the last slot to
     * the first: the table is somewhat longer than there are homes, and the last slot is always empty.
     *
     * A slot is empty as long as it has no code. It gets one just before its first cell, and is never empty again. It is
     * the cell that counts: what is there becomes visible, and goes, by one volatile write of it. If that cell goes, the slot is free for any key whose way leads by it. Codes only save looks at rows: it is the row
     * that says whose cell it is. So whoever reads the code of one key and the cell of another has lost nothing.
     *
     * Why no key is missed. As long as a key is there it stays in its slot, and none before that becomes empty. Whoever
     * meets an empty slot on the way, or a free one in its stead, has seen a moment when the key was not there. And
     * whatever lies beyond an empty slot has its home beyond it: there ends every search for a neighbour.
     */

    static final int NO_SLOT = -1;

    private static final VarHandle CODES = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final int SMALL = 8;
    private static final int LARGE = 4096; // more homes than these are cut in two
    private static final int MAX_DEPTH = 20;
    private static final double FULL = 0.85;
    private static final double FRESH = 0.68;

    private final int keyPosition;
    private final int depth; // how many bits are the same
    private final int from; // these bits, and zeros
    private final int homes;
    private final int spare;
    private final int limit;
    private final int[] codes;
    private final Object[] cells;
    private int used; // slots that are not empty
    private int live; // slots that have a cell
    private volatile boolean replaced;

    HashSegment(int keyPosition) {
        this(keyPosition, 0, 0, SMALL, SMALL);
    }

    private HashSegment(int keyPosition, int depth, int from, int homes, int spare) {
        this.keyPosition = keyPosition;
        this.depth = depth;
        this.from = from;
        this.homes = homes;
        this.spare = spare;
        this.limit = (int) (homes * FULL);
        this.codes = new int[homes + spare];
        this.cells = new Object[homes + spare];
    }

    /** The least code of its range. */
    int from() {
        return from;
    }

    /** The least code after its range. */
    long end() {
        return Integer.toUnsignedLong(from) + (1L << Integer.SIZE - depth);
    }

    int length() {
        return cells.length;
    }

    boolean replaced() {
        return replaced;
    }

    void setReplaced() {
        replaced = true;
    }

    private int home(int code) {
        return (int) (Integer.toUnsignedLong(code << depth) * homes >>> Integer.SIZE);
    }

    private int code(int slot) {
        return (int) CODES.getVolatile(codes, slot);
    }

    @Nullable
    Object cell(int slot) {
        return CELLS.getVolatile(cells, slot);
    }

    @Nullable
    Object get(int code, Object key) {
        for (int slot = home(code); ; slot++) {
            int found = code(slot);
            if (found == code) {
                Object cell = cell(slot);
                if (cell != null && key.equals(Cells.key(cell, keyPosition))) {
                    return cell;
                }
            } else if (found == HashOrder.NO_CODE) {
                return null;
            }
        }
    }

    /** The slot where the key is or, if it is not there, may be put in. */
    int slotFor(int code, Object key) {
        int free = NO_SLOT;
        for (int slot = home(code); ; slot++) {
            int found = codes[slot];
            if (found == HashOrder.NO_CODE) {
                return free != NO_SLOT ? free : used < limit && slot < codes.length - 1 ? slot : NO_SLOT;
            }
            if (found == code || free == NO_SLOT) {
                Object cell = cells[slot];
                if (cell == null) {
                    free = free == NO_SLOT ? slot : free;
                } else if (found == code && key.equals(Cells.key(cell, keyPosition))) {
                    return slot;
                }
            }
        }
    }

    void set(int slot, int code, @Nullable Object before, @Nullable Object after) {
        if (before == after) {
            return;
        }
        if (before == null) {
            used += codes[slot] == HashOrder.NO_CODE ? 1 : 0;
            live++;
            CODES.setVolatile(codes, slot, code);
        } else if (after == null) {
            live--;
        }
        CELLS.setVolatile(cells, slot, after);
    }

    boolean isSparse() {
        return live < homes / 4 && homes > SMALL;
    }

    /** One or two with room for more, to stand in place of this one, in the order of their ranges. */
    HashSegment[] successors() {
        if (homesFor(live) > LARGE && depth < MAX_DEPTH) {
            int upper = 0;
            for (int slot = 0; slot < cells.length; slot++) {
                upper += cells[slot] != null && codes[slot] << depth < 0 ? 1 : 0;
            }
            // If almost all are on one side, many have the same code, and to cut would be of no use.
            if (Math.min(upper, live - upper) > live / 4) {
                int middle = from | Integer.MIN_VALUE >>> depth;
                return new HashSegment[] {successor(depth + 1, from, live - upper), successor(depth + 1, middle, upper)
                };
            }
        }
        return new HashSegment[] {successor(depth, from, live)};
    }

    private static int homesFor(int keys) {
        return keys < SMALL * SMALL ? Math.max(SMALL, 2 * keys) : (int) (keys / FRESH);
    }

    private HashSegment successor(int depth, int from, int keys) {
        int homes = homesFor(keys);
        boolean atItsEnd = used < limit && !isSparse();
        int spare = atItsEnd ? 2 * this.spare : SMALL + homes / 32;
        for (; ; spare *= 2) {
            HashSegment successor = new HashSegment(keyPosition, depth, from, homes, spare);
            if (successor.takeFrom(this)) {
                return successor;
            }
        }
    }

    /** Before anybody else knows this one. Returns whether there was room to spare for all that are in its range. */
    private boolean takeFrom(HashSegment last) {
        for (int i = 0; i < last.cells.length; i++) {
            Object cell = last.cells[i];
            int code = last.codes[i];
            if (cell != null && Integer.compareUnsigned(code, from) >= 0 && Integer.toUnsignedLong(code) < end()) {
                int slot = home(code);
                while (codes[slot] != HashOrder.NO_CODE) {
                    slot++;
                }
                if (slot == codes.length - 1) {
                    return false;
                }
                codes[slot] = code;
                cells[slot] = cell;
                used++;
                live++;
            }
        }
        return true;
    }

    /** The first row of the nearest key after that one (of the first for null), whose code is at least that. */
    @Nullable
    Tuple above(int code, @Nullable Object key) {
        Tuple best = null;
        int bestCode = -1;
        for (int slot = home(code); slot < codes.length; slot++) {
            int found = code(slot);
            if (found == HashOrder.NO_CODE) {
                if (best != null) {
                    break;
                }
            } else if (Integer.compareUnsigned(found, code) >= 0 && Integer.compareUnsigned(found, bestCode) <= 0) {
                Tuple row = Cells.first(Batch.plain(cell(slot)));
                if (row != null
                        && (key == null || isLess(key, key(row)))
                        && (best == null || isLess(key(row), key(best)))) {
                    best = row;
                    bestCode = HashOrder.code(key(row));
                }
            }
        }
        return best;
    }

    /** The first row of the nearest key before that one (of the last for null), whose code is at most that. */
    @Nullable
    Tuple below(int code, @Nullable Object key) {
        int slot = home(code);
        while (code(slot) != HashOrder.NO_CODE) {
            slot++;
        }
        Tuple best = null;
        int bestCode = HashOrder.NO_CODE;
        for (; slot >= 0; slot--) {
            int found = code(slot);
            if (found == HashOrder.NO_CODE) {
                if (best != null) {
                    break;
                }
            } else if (Integer.compareUnsigned(found, code) <= 0 && Integer.compareUnsigned(found, bestCode) >= 0) {
                Tuple row = Cells.first(Batch.plain(cell(slot)));
                if (row != null
                        && (key == null || isLess(key(row), key))
                        && (best == null || isLess(key(best), key(row)))) {
                    best = row;
                    bestCode = HashOrder.code(key(row));
                }
            }
        }
        return best;
    }

    private Object key(Tuple row) {
        return Cells.key(row, keyPosition);
    }

    private static boolean isLess(Object a, Object b) {
        return HashOrder.BY_HASH.compare(a, b) < 0;
    }
}
