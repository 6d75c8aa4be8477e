// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.bequest.tables.heap.CellMap.Step;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The cells of all keys whose codes have the same first bits. What writes is called under this object's monitor. */
final class HashSegment {

    /* How it works. A key's home is the slot that its code has by rule of three, so homes are in the order of codes. Its cell
     * is there or in one of the slots after, and no slot between is empty. There is no way round from the last slot to
     * the first: the table is somewhat longer than there are homes, and the last slot is always empty.
     *
     * A slot is empty as long as it has no code. It gets one just before its first cell, and is never empty again. It is
     * the cell that counts: what is there becomes visible, and goes, by one volatile write of it. If that cell goes, the
     * slot is free for any key whose way leads by it. Codes only save looks at rows: it is the row that says whose cell it
     * is. So whoever reads the code of one key and the cell of another has lost nothing.
     *
     * Keys of the same code are tied: they share a slot. From the second on there stands a tree in it, OrderedCells in the
     * exact order of terms. One write puts it there, with the cells of both in it, and one takes it out when it is
     * empty; nobody writes to it after that. While it is there only the writers of this segment write to it, or those of
     * the successor, which has the very same tree: so what a reader finds there, from whichever segment, is as it is now.
     *
     * Why no key is missed. As long as a key is there it stays in its slot, and none before that becomes empty. Whoever
     * meets an empty slot on the way, or a free one in its stead, has seen a moment when the key was not there. And
     * whatever lies beyond an empty slot has its home beyond it: there ends every search for a neighbour.
     *
     * Why no search is long. No cell is as far as MAX_WAY slots from its home. If one would be, the segment is replaced
     * by several, cut as often as it takes: the codes in a segment are all different, so in the end each has a
     * home of its own. Only keys that were made for it need that. Others are spread, see HashOrder.
     */

    static final int NO_SLOT = -1;

    private static final VarHandle CODES = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final int SMALL = 8;
    private static final int LARGE = 4096; // more homes than these are cut in two
    private static final int MAX_DEPTH = 20; // where there are as many codes as LARGE
    private static final int MAX_WAY = 256;
    private static final double FULL = 0.85;
    private static final double FRESH = 0.68;

    private final int keyPosition;
    private final int depth; // how many bits are the same
    private final int from; // these bits, and zeros
    private final int homes;
    private final int limit;
    private final int[] codes;
    private final Object[] cells;
    private int used; // slots that are not empty
    private int live; // slots that have a cell
    private volatile boolean replaced;

    HashSegment(int keyPosition) {
        this(keyPosition, 0, 0, SMALL);
    }

    private HashSegment(int keyPosition, int depth, int from, int homes) {
        this.keyPosition = keyPosition;
        this.depth = depth;
        this.from = from;
        this.homes = homes;
        this.limit = (int) (homes * FULL);
        int spare = SMALL + homes / 32;
        this.codes = new int[homes + spare];
        this.cells = new Object[homes + spare];
    }

    /** The least code of its range. */
    int from() {
        return from;
    }

    /** The least code after its range. */
    long end() {
        return end(depth, from);
    }

    private static long end(int depth, int from) {
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

    /** The cell of a key, or {@link OrderedCells} of several, or null. */
    @Nullable
    Object cell(int slot) {
        return CELLS.getVolatile(cells, slot);
    }

    @Nullable
    Object get(int code, Object key) {
        int slot = home(code);
        // Most find it at once: a loop with a limit in its head would first work out how far it may go unchecked.
        for (int last = slot + MAX_WAY - 1; ; slot++) {
            int found = code(slot);
            if (found == code) {
                Object cell = cellOf(key, cell(slot));
                if (cell != null) {
                    return cell;
                }
            }
            if (slot == last || found == HashOrder.NO_CODE) {
                return null;
            }
        }
    }

    private @Nullable Object cellOf(Object key, @Nullable Object found) {
        if (found instanceof Tuple row) { // as almost all are
            return Cells.hasKey(row, keyPosition, key) ? row : null;
        }
        if (found instanceof OrderedCells tied) {
            return tied.get(key);
        }
        return found != null && Cells.hasKey(Cells.sample(found), keyPosition, key) ? found : null;
    }

    /** The slot that the code has or, if it has none, may have; NO_SLOT if the segment has to be replaced first. */
    int slotFor(int code) {
        int home = home(code);
        int free = NO_SLOT;
        for (int slot = home; slot < home + MAX_WAY; slot++) {
            int found = codes[slot];
            if (found == HashOrder.NO_CODE) {
                return free != NO_SLOT ? free : used < limit && slot < codes.length - 1 ? slot : NO_SLOT;
            }
            if (found == code || free == NO_SLOT) {
                if (cells[slot] == null) {
                    free = free == NO_SLOT ? slot : free;
                } else if (found == code) {
                    return slot;
                }
            }
        }
        return free;
    }

    /** Changes the cell of that key, and returns the one before. */
    <G> @Nullable Object change(int slot, int code, Object key, G given, Step<G> step) {
        Object there = cells[slot];
        if (there instanceof OrderedCells tied) {
            Object before = tied.change(key, given, step);
            set(slot, code, tied, tied.isEmpty() ? null : tied);
            return before;
        }
        if (there == null || Cells.hasKey(Cells.sample(there), keyPosition, key)) {
            set(slot, code, there, step.of(there, given));
            return there;
        }
        Object cell = step.of(null, given);
        if (cell != null) {
            Keys keys = new Keys(keyPosition, HashOrder.EXACTLY);
            set(slot, code, there, new OrderedCells(keys, there, cell));
        }
        return null;
    }

    private void set(int slot, int code, @Nullable Object before, @Nullable Object after) {
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
        return live < homes / 4 && homes > SMALL && depth < MAX_DEPTH;
    }

    /** Those that are to stand in place of this one, with room for one more, of that code, in the order of their ranges. */
    List<HashSegment> successors(int code) {
        List<HashSegment> successors = new ArrayList<>(2);
        addSuccessors(depth, from, code, successors);
        return successors;
    }

    private void addSuccessors(int depth, int from, int code, List<HashSegment> successors) {
        int homes = homesFor(count(depth, from));
        if (homes <= LARGE || depth == MAX_DEPTH) {
            HashSegment successor = new HashSegment(keyPosition, depth, from, homes);
            boolean fit = successor.takeFrom(this);
            if (fit && (!isWithin(code, depth, from) || successor.slotFor(code) != NO_SLOT)) {
                successors.add(successor);
                return;
            }
        }
        if (depth == MAX_DEPTH) {
            HashSegment oneHomeForEachCode = new HashSegment(keyPosition, depth, from, LARGE);
            oneHomeForEachCode.takeFrom(this);
            successors.add(oneHomeForEachCode);
        } else {
            addSuccessors(depth + 1, from, code, successors);
            addSuccessors(depth + 1, from | Integer.MIN_VALUE >>> depth, code, successors);
        }
    }

    private static int homesFor(int cells) {
        return cells < SMALL * SMALL ? Math.max(SMALL, 2 * cells) : (int) (cells / FRESH);
    }

    private int count(int depth, int from) {
        int count = 0;
        for (int slot = 0; slot < cells.length; slot++) {
            count += cells[slot] != null && isWithin(codes[slot], depth, from) ? 1 : 0;
        }
        return count;
    }

    private static boolean isWithin(int code, int depth, int from) {
        return depth == 0 || (code ^ from) >>> Integer.SIZE - depth == 0;
    }

    /** Before anybody else knows this one. Returns whether there was room for all that are in its range. */
    private boolean takeFrom(HashSegment last) {
        for (int i = 0; i < last.cells.length; i++) {
            Object cell = last.cells[i];
            int code = last.codes[i];
            if (cell != null && isWithin(code, depth, from)) {
                int home = home(code);
                int slot = home;
                while (codes[slot] != HashOrder.NO_CODE) {
                    slot++;
                }
                if (slot == codes.length - 1 || slot - home >= MAX_WAY) {
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
                Tuple row = firstAbove(cell(slot), key);
                if (row != null && (best == null || isLess(key(row), key(best)))) {
                    best = row;
                    bestCode = HashOrder.code(key(row));
                }
            }
        }
        return best;
    }

    private @Nullable Tuple firstAbove(@Nullable Object cell, @Nullable Object key) {
        OrderedCells tied = cell instanceof OrderedCells several ? several : null;
        Tuple row = tied != null ? tied.above(null) : Cells.first(Batch.plain(cell));
        if (row == null || key == null || isLess(key, key(row))) {
            return row;
        }
        return tied != null && HashOrder.code(key) == HashOrder.code(key(row)) ? tied.above(key) : null;
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
                Tuple row = lastBelow(cell(slot), key);
                if (row != null && (best == null || isLess(key(best), key(row)))) {
                    best = row;
                    bestCode = HashOrder.code(key(row));
                }
            }
        }
        return best;
    }

    private @Nullable Tuple lastBelow(@Nullable Object cell, @Nullable Object key) {
        OrderedCells tied = cell instanceof OrderedCells several ? several : null;
        Tuple row = tied != null ? tied.below(null) : Cells.first(Batch.plain(cell));
        if (row == null || key == null || isLess(key(row), key)) {
            return row;
        }
        return tied != null && HashOrder.code(key) == HashOrder.code(key(row)) ? tied.below(key) : null;
    }

    private Object key(Tuple row) {
        return Cells.key(row, keyPosition);
    }

    private static boolean isLess(Object a, Object b) {
        return HashOrder.BY_HASH.compare(a, b) < 0;
    }
}
