// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shows;

import java.util.Hashtable;
import java.util.List;
import org.bequest.process.Caller;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.record.RecordSpec;
import org.bequest.record.RecordTable;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A plugin that has a table "shows" of its own record: claims it when it starts, adds a row, and writes all that it reads to
 * table "seen", by its version. With header {@code Shows-Module}, workers of that module have the table in its place.
 */
public abstract class ShowsActivator<T extends Record> implements BundleActivator {
    private static final int OFTEN = 20_000;

    abstract RecordSpec<T> spec();

    abstract T show(String title);

    @Override
    public void start(BundleContext context) {
        String version = context.getBundle().getVersion().toString();
        String module = context.getBundle().getHeaders().get("Shows-Module");
        if (module != null) {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(WorkerModule.MODULE, module);
            context.registerService(WorkerModule.class, () -> new Owner<>(this, version), properties);
            return;
        }
        Tables tables = context.getService(context.getServiceReference(Tables.class));
        RecordTable<T> shows = tables.claim(spec());
        shows.insert(show(version));
        tables.claim(TableSpec.of("seen")).insert(Tuple.of(version, texts(shows)));
    }

    @Override
    public void stop(BundleContext context) {}

    /** Reads often before, so that the reading is compiled. */
    private static List<String> texts(RecordTable<?> shows) {
        for (int i = 0; i < OFTEN; i++) {
            shows.iterator().next();
        }
        return shows.stream().map(Record::toString).sorted().toList();
    }

    private static final class Owner<T extends Record> implements Worker {
        private final ShowsActivator<T> plugin;
        private final String version;
        private @Nullable RecordTable<T> shows;

        Owner(ShowsActivator<T> plugin, String version) {
            this.plugin = plugin;
            this.version = version;
        }

        /** Also how it resumes. That it was tried can be seen before. */
        @Override
        public void onStart(Self self, @Nullable Object argument) {
            self.tables().claim(TableSpec.of("seen")).insert(Tuple.of(version, List.of()));
            shows = self.tables().claim(plugin.spec());
            shows.insert(plugin.show(version));
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(shows == null ? List.of() : texts(shows));
        }
    }
}
