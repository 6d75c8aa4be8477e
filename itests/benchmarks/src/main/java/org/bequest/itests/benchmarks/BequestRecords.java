// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import org.bequest.record.RecordTable;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.jspecify.annotations.Nullable;

/** The same, with columns, read as records. */
final class BequestRecords extends BequestRows {
    private final RecordTable<Row> records = RecordTable.over(table(), TableSpec.of("rows", Row.class));

    BequestRecords() throws Exception {
        super(BequestRecords::create);
    }

    static Table create(Tables tables) {
        return tables.create(TableSpec.of("rows", Row.class)).tuples();
    }

    @Override
    public @Nullable Object get(long key) {
        return records.get(key);
    }
}
