// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.gift;

import org.bequest.table.ManagedTable;
import org.bequest.table.Recipient;
import org.bequest.table.TableManager;
import org.bequest.table.TableSpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the table manager what table there is to be, whom it is for, and what goes with it. */
@Component(service = GiftTable.class, immediate = true)
public final class GiftTable {
    static final ManagedTable TABLE =
            new ManagedTable(TableSpec.of("your_srv"), Recipient.named(ServerModule.NAME), "ok");

    /** Is done again for each manager, which changes nothing: a duty outlives the manager that took it. */
    @Activate
    public GiftTable(@Reference TableManager manager, @Reference Reports reports) {
        if (!manager.managed().contains(TABLE)) {
            manager.manage(TABLE);
            reports.add("Table '" + TABLE.table().name() + "' is kept for " + TABLE.holder() + ", with the gift '"
                    + TABLE.gift() + "'");
        }
    }
}
