// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * For a test in another framework, with which it shares the JDK's types only: a function of a command and a file. {@code dump}
 * makes a table and dumps it; {@code load} loads it, and returns the rows.
 */
public final class DumpActivator implements BundleActivator, BiFunction<String, Path, List<List<Object>>> {
    private BundleContext context;

    @Override
    public void start(BundleContext context) {
        this.context = context;
        context.registerService(BiFunction.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public List<List<Object>> apply(String command, Path file) {
        Tables tables = context.getService(context.getServiceReference(Tables.class));
        try {
            if (command.equals("dump")) {
                Table ledger = tables.claim(TableSpec.of("ledger"));
                ledger.insert(Tuple.of("first", 1));
                ledger.insert(Tuple.of("second", 2.5));
                ledger.dump(file);
                return List.of();
            }
            return tables.load(file, null).toList().stream()
                    .map(row -> List.of(row.get(0), row.get(1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
