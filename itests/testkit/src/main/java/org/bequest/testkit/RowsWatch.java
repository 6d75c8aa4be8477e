// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;

/**
 * Tells whether the rows that a table has at the moment of {@link #of} are there later, over an update, a crash, a stop or
 * whatever a test does meanwhile. Immutable.
 */
public final class RowsWatch {
    private final Tables tables;
    private final String table;
    private final List<Tuple> before;

    private RowsWatch(Tables tables, String table) {
        this.tables = tables;
        this.table = table;
        this.before = tables.open(table).toList();
    }

    /**
     * @param tables of a bundle that may read the table
     * @throws org.bequest.table.NoSuchTableException if it is not there
     */
    public static RowsWatch of(Tables tables, String table) {
        return new RowsWatch(tables, table);
    }

    /**
     * Fails if a row is gone or is another one now, and says which. That there are more rows is no failure: whoever works on
     * the table may go on.
     */
    public void assertKept() {
        if (tables.find(table).isEmpty()) {
            throw new AssertionError("Table " + table + " is gone, and its " + before.size() + " rows");
        }
        List<Tuple> after = tables.open(table).toList();
        Map<Tuple, Integer> left = new HashMap<>();
        after.forEach(row -> left.merge(row, 1, Integer::sum));
        List<Tuple> lost = new ArrayList<>();
        for (Tuple row : before) {
            if (left.merge(row, -1, Integer::sum) < 0) {
                lost.add(row);
            }
        }
        if (!lost.isEmpty()) {
            throw new AssertionError("Table " + table + " has lost " + lost.size() + " of " + before.size() + " rows: "
                    + lost + ". It has now: " + after);
        }
    }
}
