// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.Optional;
import org.bequest.table.Owner;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;

/** Claims a table for a record. A refusal leaves it as it was, and in escrow if it was there. */
final class Claim {
    private final Tables tables;
    private final RecordSpec<?> spec;

    Claim(Tables tables, RecordSpec<?> spec) {
        this.tables = tables;
        this.spec = spec;
    }

    Table table() {
        Optional<TableInfo> present = tables.find(spec.name());
        if (present.isPresent()) {
            return follow(present.get());
        }
        Table table = tables.claim(spec.table());
        new Reshaping<>(table, spec).run(); // a table that was there after all
        return table;
    }

    private Table follow(TableInfo present) {
        Reshaping.check(spec, present);
        TableSpec wanted = spec.table().shape(null).keyPosition(present.keyPosition());
        Table table = tables.claim(unchanged(wanted, present));
        try {
            new Reshaping<>(table, spec).run();
        } catch (RuntimeException refused) {
            if (present.owner() instanceof Owner.Escrow) {
                leave(table, refused);
            }
            throw refused;
        }
        return tables.claim(wanted);
    }

    /** With the access that it has and, since none is named, the heir. */
    private static TableSpec unchanged(TableSpec wanted, TableInfo present) {
        return new TableSpec(
                wanted.name(), wanted.type(), present.access(), wanted.keyPosition(), null, wanted.engine(), null);
    }

    private static void leave(Table table, RuntimeException refused) {
        try {
            table.leave();
        } catch (RuntimeException e) {
            refused.addSuppressed(e);
        }
    }
}
