// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one key, two or more, in the order in which they came. Immutable for whoever reads. Those who make the next
 * from the last must do so one at a time.
 */
final class ManyRows {

    /* How it works. An array of rows is shared by those that have come of each other by adding: each shows only as many
     * rows as it has itself, and the slots after these may be filled meanwhile without anybody noticing. So a row is
     * added by writing one slot, and only when the array is full are the rows copied, into one of twice the length. To
     * add n rows takes a time proportional to n. To remove or replace a row is to copy the others.
     *
     * Who may write into the next slot? Only who is the latest of that array, whose next slot is still empty. One that
     * is not the latest comes back only when a batch has failed; it then leaves the array as it is and copies. No
     * slot is ever emptied or written twice.
     *
     * A bag must know whether a row is there. Above some length a hash set goes with the array. It holds the rows of all
     * slots that are filled, which are those of the latest; another one looks through its slots instead. Readers never
     * touch the set. The slot is written before the set, so that a set that could not grow is never trusted.
     *
     * Rejected: a persistent vector and set, which need no such care, but several times the memory in every bag.
     *
     * Why: docs/decisions/0010-steps-and-bags-in-the-heap-engine.md
     */

    private static final int LONG = 16;

    private final Tuple[] slots;
    private final int size;
    private final @Nullable Set<Tuple> filled;

    private ManyRows(Tuple[] slots, int size, @Nullable Set<Tuple> filled) {
        this.slots = slots;
        this.size = size;
        this.filled = filled;
    }

    static ManyRows of(Tuple first, Tuple second) {
        return new ManyRows(new Tuple[] {first, second}, 2, null);
    }

    int size() {
        return size;
    }

    Tuple first() {
        return slots[0];
    }

    /** A view, of classes of the JDK only: who keeps it does not keep this bundle. It never grows. */
    List<Tuple> list() {
        return Collections.unmodifiableList(Arrays.asList(slots).subList(0, size));
    }

    /** Whether this holds all rows of the earlier one, at the same places; false also if that is hard to say. */
    boolean continues(ManyRows earlier) {
        return slots == earlier.slots && size >= earlier.size;
    }

    /** For writers only. */
    boolean contains(Tuple row) {
        boolean latest = size == slots.length || slots[size] == null;
        return filled != null && latest ? filled.contains(row) : indexOf(row) >= 0;
    }

    private int indexOf(Tuple row) {
        for (int i = 0; i < size; i++) {
            if (slots[i].equals(row)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * With one row more.
     *
     * @param asked whether {@link #contains} will be asked of the result
     */
    ManyRows plus(Tuple row, boolean asked) {
        if (size == slots.length || slots[size] != null) {
            return longer(asked).plus(row, asked);
        }
        ManyRows next = new ManyRows(slots, size + 1, filled);
        slots[size] = row;
        if (filled != null) {
            filled.add(row);
        }
        return next;
    }

    private ManyRows longer(boolean asked) {
        Tuple[] copy = new Tuple[2 * size];
        System.arraycopy(slots, 0, copy, 0, size);
        return new ManyRows(copy, size, asked && size >= LONG ? new HashSet<>(list()) : null);
    }

    /** Without that row and its copies: a plain cell, this very one if the row is not there. */
    @Nullable
    Object minus(Tuple row) {
        Tuple[] others = new Tuple[size];
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (!slots[i].equals(row)) {
                others[left++] = slots[i];
            }
        }
        if (left == size) {
            return this;
        }
        return switch (left) {
            case 0 -> null;
            case 1 -> others[0];
            default -> new ManyRows(Arrays.copyOf(others, left), left, null);
        };
    }

    /** With the row in place of the first copy of the expected one; this very one if that is not there. */
    ManyRows with(Tuple expected, Tuple row) {
        int index = indexOf(expected);
        if (index < 0) {
            return this;
        }
        Tuple[] copy = Arrays.copyOf(slots, size);
        copy[index] = row;
        return new ManyRows(copy, size, null);
    }
}
