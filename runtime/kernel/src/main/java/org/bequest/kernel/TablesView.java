// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.List;
import java.util.Optional;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;

/** Tables, as one life sees them. */
record TablesView(Ledger ledger, Life life) implements Tables {
    @Override
    public Table create(TableSpec spec) {
        return ledger.create(life, spec);
    }

    @Override
    public Table claim(TableSpec spec) {
        return ledger.claim(life, spec);
    }

    @Override
    public Table open(String name) {
        return ledger.open(life, name);
    }

    @Override
    public Optional<TableInfo> find(String name) {
        life.check("ask about table '" + name + "'");
        return ledger.find(name);
    }

    @Override
    public List<TableInfo> list() {
        life.check("list tables");
        return ledger.tables();
    }
}
