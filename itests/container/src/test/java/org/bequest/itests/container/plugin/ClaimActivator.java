// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A plain plugin: claims table "starts" when it starts, and adds a row with its version. */
public final class ClaimActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Tables tables = context.getService(context.getServiceReference(Tables.class));
        Table starts = tables.claim(TableSpec.of("starts"));
        starts.insert(
                Tuple.of(starts.size() + 1, context.getBundle().getVersion().toString()));
    }

    @Override
    public void stop(BundleContext context) {}
}
