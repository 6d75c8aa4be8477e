// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.List;
import java.util.Objects;
import org.bequest.tables.heap.Batch.Pending;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What can be read in a plain cell, which is all the rows of one key: null for none, the row itself if it is the only one,
 * else {@link ManyRows}.
 */
final class Cells {

    private Cells() {}

    /** One of the rows in a cell, which may be pending: for the key that they have in common. */
    static Tuple sample(Object cell) {
        return cell instanceof Tuple only
                ? only
                : Objects.requireNonNull(first(cell instanceof Pending pending ? pending.sample() : cell));
    }

    /** The key of the rows in a cell, which may be pending. */
    static Object key(Object cell, int keyPosition) {
        return Objects.requireNonNull(sample(cell).get(keyPosition));
    }

    /** Whether a row has that key, exactly. */
    static boolean hasKey(Tuple row, int keyPosition, Object key) {
        return key instanceof Long number
                ? row.isLong(keyPosition) && row.getLong(keyPosition) == number
                : key.equals(row.get(keyPosition));
    }

    static int count(@Nullable Object cell) {
        if (cell instanceof ManyRows many) {
            return many.size();
        }
        return cell == null ? 0 : 1;
    }

    /** The row that came first. */
    static @Nullable Tuple first(@Nullable Object cell) {
        return cell instanceof ManyRows many ? many.first() : (Tuple) cell;
    }

    /** The rows in their order. Immutable. */
    static List<Tuple> list(@Nullable Object cell) {
        if (cell instanceof ManyRows many) {
            return many.list();
        }
        return cell == null ? List.of() : List.of((Tuple) cell);
    }

    static void addTo(List<Tuple> list, @Nullable Object cell) {
        if (cell instanceof ManyRows many) {
            list.addAll(many.list());
        } else if (cell != null) {
            list.add((Tuple) cell);
        }
    }
}
