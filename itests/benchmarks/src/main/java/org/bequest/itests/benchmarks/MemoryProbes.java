// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.function.IntConsumer;
import org.bequest.table.TableType;

/** Measurements of the suite {@code memory}: what the heap holds more, after a collection, for each row. */
final class MemoryProbes {
    private MemoryProbes() {}

    static Case.Measure numbers(TableType type) {
        return (subject, side, scale) -> {
            try (Rows rows = side.rows(type)) {
                return perRow(subject.size(), number -> rows.insert(Row.of(number)));
            }
        };
    }

    static Case.Measure names(TableType type) {
        return (subject, side, scale) -> {
            try (Rows rows = side.namedRows(type)) {
                return perRow(subject.size(), number -> rows.insert(NamedRow.of(number)));
            }
        };
    }

    private static Figure perRow(int size, IntConsumer insert) {
        insert.accept(0);
        long before = ProcessProbes.heap();
        for (int number = 1; number <= size; number++) {
            insert.accept(number);
        }
        return Figure.median((double) (ProcessProbes.heap() - before) / size);
    }
}
