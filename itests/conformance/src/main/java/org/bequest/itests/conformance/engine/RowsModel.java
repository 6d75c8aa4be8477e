// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bequest.table.TableType;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;

/** The simplest thing that could be a store: a list, searched from the start. */
final class RowsModel {
    private final TableType type;
    private final int keyPosition;
    private final List<Tuple> rows = new ArrayList<>();

    RowsModel(TableType type, int keyPosition) {
        this.type = type;
        this.keyPosition = keyPosition;
    }

    List<Tuple> rows() {
        return rows;
    }

    private boolean has(Tuple row, Object key) {
        Object own = Objects.requireNonNull(row.get(keyPosition));
        return type == TableType.ORDERED_SET ? Terms.compare(own, key) == 0 : own.equals(key);
    }

    private Object key(Tuple row) {
        return Objects.requireNonNull(row.get(keyPosition));
    }

    List<Tuple> lookup(Object key) {
        return rows.stream().filter(row -> has(row, key)).toList();
    }

    void put(Tuple row) {
        if (type.isSet()) {
            remove(key(row));
        }
        if (type != TableType.BAG || !rows.contains(row)) {
            rows.add(row);
        }
    }

    boolean insertNew(Tuple row) {
        return lookup(key(row)).isEmpty() && rows.add(row);
    }

    boolean replace(Tuple expected, Tuple row) {
        int index = rows.indexOf(expected);
        if (index >= 0) {
            rows.set(index, row);
        }
        return index >= 0;
    }

    List<Tuple> remove(Object key) {
        List<Tuple> removed = lookup(key);
        rows.removeIf(row -> has(row, key));
        return removed;
    }

    int removeRow(Tuple removed) {
        int before = rows.size();
        rows.removeIf(removed::equals);
        return before - rows.size();
    }

    void clear() {
        rows.clear();
    }
}
