// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Keys that are told apart exactly; their order is {@link HashOrder}. */
final class HashCells implements CellMap {

    /* How it works. The keys' codes are cut into ranges, each of which has a segment: a small open table of its own, see
     * HashSegment. The directory, whose length is a power of two, says for each prefix of a code which segment has it.
     * A segment that is full, crowded in one place, or almost empty is replaced: by one of another size, or by several,
     * each with half of its range, or half of that. So growth is local, and a pause of some microseconds for writers of that
     * segment only. Readers see none.
     *
     * Who writes: whoever holds the monitor of the segment, and has found in it that it is not replaced. Entries of
     * the directory, and the directory itself, are written under this object's monitor as well, which comes after that of
     * a segment. No code is called under them but that of terms.
     *
     * What orders what. replaced is set, then the successors are shown in the directory, then they are written to. So
     * a segment does not change any more once it is replaced, and is what all readers may take for the state of that
     * moment, which came after they had read the directory. A directory that is replaced by one of twice the length
     * is not written to any more either, and the same is true of it. All that tells a reader whether a key is there (the
     * directory, its entries, codes and cells) is volatile, so reads and writes of different keys are in one order.
     *
     * Ranges are only ever halved, and segments are in the order of their ranges. So where one range ends, another begins,
     * whatever happens meanwhile: cursors and steps go on from there. A cursor that finds its segment replaced looks each
     * key up. Steps from key to key need no index: codes say where in the table a key's neighbours are.
     *
     * Why, and what was tried: docs/decisions/0013-stores-of-our-own.md
     */

    private static final VarHandle ENTRIES = MethodHandles.arrayElementVarHandle(HashSegment[].class);
    private static final long CODES = 1L << Integer.SIZE;

    private final int keyPosition;
    private volatile HashSegment[] directory;

    HashCells(int keyPosition) {
        this.keyPosition = keyPosition;
        this.directory = new HashSegment[] {new HashSegment(keyPosition)};
    }

    private HashSegment segment(int code) {
        HashSegment[] directory = this.directory;
        return (HashSegment) ENTRIES.getVolatile(directory, entry(code, directory.length));
    }

    private static int entry(int code, int length) {
        return (int) (Integer.toUnsignedLong(code) * length >>> Integer.SIZE);
    }

    /** How many of the directory's entries are the segment's. */
    private static int entries(HashSegment segment, int length) {
        return (int) ((segment.end() - Integer.toUnsignedLong(segment.from())) * length >>> Integer.SIZE);
    }

    @Override
    public @Nullable Object get(Object key) {
        int code = HashOrder.code(key);
        return segment(code).get(code, key);
    }

    @Override
    public <G> @Nullable Object change(Object key, G given, Step<G> step) {
        int code = HashOrder.code(key);
        for (; ; ) {
            HashSegment segment = segment(code);
            synchronized (segment) {
                if (segment.replaced()) {
                    continue;
                }
                int slot = segment.slotFor(code);
                if (slot != HashSegment.NO_SLOT) {
                    Object before = segment.change(slot, code, key, given, step);
                    if (before != null && segment.isSparse()) {
                        replace(segment, code);
                    }
                    return before;
                }
                replace(segment, code);
            }
        }
    }

    /** By one who holds the monitor of the segment, and is about to put in a cell of that code. */
    private void replace(HashSegment segment, int code) {
        List<HashSegment> successors = segment.successors(code);
        synchronized (this) {
            HashSegment[] directory = this.directory;
            for (HashSegment successor : successors) {
                while (entries(successor, directory.length) == 0) {
                    directory = doubled(directory);
                }
            }
            HashSegment[] shown = inEntries(successors, entries(segment, directory.length), directory.length);
            int first = entry(segment.from(), directory.length);
            // Fails here, if the stack or memory is at its end, and not when half is done: writers would try for ever.
            ENTRIES.setVolatile(directory, first, segment);
            segment.setReplaced();
            for (int i = 0; i < shown.length; i++) {
                ENTRIES.setVolatile(directory, first + i, shown[i]);
            }
            this.directory = directory;
        }
    }

    private static HashSegment[] inEntries(List<HashSegment> segments, int entries, int length) {
        HashSegment[] shown = new HashSegment[entries];
        int from = 0;
        for (HashSegment segment : segments) {
            int to = from + entries(segment, length);
            Arrays.fill(shown, from, to, segment);
            from = to;
        }
        return shown;
    }

    private static HashSegment[] doubled(HashSegment[] directory) {
        HashSegment[] doubled = new HashSegment[2 * directory.length];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = directory[i / 2];
        }
        return doubled;
    }

    @Override
    public @Nullable Tuple above(@Nullable Object key) {
        long at = key == null ? 0 : Integer.toUnsignedLong(HashOrder.code(key));
        while (at < CODES) {
            HashSegment segment = segment((int) at);
            Tuple row = segment.above((int) at, key);
            if (row != null) {
                return row;
            }
            at = segment.end();
        }
        return null;
    }

    @Override
    public @Nullable Tuple below(@Nullable Object key) {
        long at = key == null ? CODES - 1 : Integer.toUnsignedLong(HashOrder.code(key));
        while (at >= 0) {
            HashSegment segment = segment((int) at);
            Tuple row = segment.below((int) at, key);
            if (row != null) {
                return row;
            }
            at = Integer.toUnsignedLong(segment.from()) - 1;
        }
        return null;
    }

    @Override
    public Cursor all() {
        return new All();
    }

    private final class All implements Cursor {
        private HashSegment segment = segment(0);
        private int slot;
        private @Nullable Cursor tied; // those of one slot

        @Override
        public @Nullable Object next() {
            for (; ; ) {
                if (tied != null) {
                    Object plain = tied.next();
                    if (plain != null) {
                        return plain;
                    }
                    tied = null;
                }
                Object plain = nextInSegment();
                if (plain != null) {
                    return plain;
                }
                if (tied == null) {
                    if (segment.end() == CODES) {
                        return null;
                    }
                    segment = segment((int) segment.end());
                    slot = 0;
                }
            }
        }

        /** Null at its end, and where there are several. */
        private @Nullable Object nextInSegment() {
            while (slot < segment.length()) {
                Object cell = segment.cell(slot++);
                boolean old = cell != null && segment.replaced();
                if (cell instanceof Tuple && !old) { // as almost all are
                    return cell;
                }
                if (cell instanceof OrderedCells several) {
                    tied = several.all();
                    return null;
                }
                Object plain = Batch.plain(old ? get(Cells.key(cell, keyPosition)) : cell);
                if (plain != null) {
                    return plain;
                }
            }
            return null;
        }

        @Override
        public int next(Tuple[] run) {
            if (tied != null || segment.replaced()) {
                return 0;
            }
            HashSegment segment = this.segment;
            int end = segment.length();
            int to = slot;
            int rows = 0;
            for (; to < end && rows < run.length; to++) {
                Object cell = segment.cell(to);
                if (cell instanceof Tuple row) {
                    run[rows++] = row;
                } else if (cell != null) {
                    break;
                }
            }
            if (segment.replaced()) {
                return 0;
            }
            slot = to;
            return rows;
        }
    }

    @Override
    public Cursor range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        throw new UnsupportedOperationException("Only an ordered set has ranges of keys; these are told apart by hash");
    }
}
