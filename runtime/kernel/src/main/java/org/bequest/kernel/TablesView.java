// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bequest.table.DumpInfo;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.jspecify.annotations.Nullable;

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
    public Table load(Path file, @Nullable String name) throws IOException {
        life.check("load a table from " + file);
        DumpFile.Contents contents = DumpFile.read(file);
        DumpInfo info = contents.info();
        TableSpec spec = new TableSpec(
                name == null ? info.name() : name,
                info.type(),
                info.access(),
                info.keyPosition(),
                null,
                info.engine(),
                info.shape());
        return ledger.create(life, spec, contents.rows());
    }

    @Override
    public DumpInfo inspect(Path file) throws IOException {
        life.check("look into " + file);
        return DumpFile.inspect(file);
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
