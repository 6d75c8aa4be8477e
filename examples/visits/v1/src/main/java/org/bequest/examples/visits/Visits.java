// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.visits;

import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts visits to pages. Also a command of the shell: {@code visit PAGE}. */
@Component(
        service = Visits.class,
        property = {"osgi.command.scope=visits", "osgi.command.function=visit"})
public final class Visits {
    private final Table visits;

    @Activate
    public Visits(@Reference Tables tables) {
        visits = tables.claim(TableSpec.of("visits"));
    }

    /** Returns how many visits to the page there have been, this one included. */
    public long visit(String page) {
        return visits.updateCounter(page, 1, 1, Tuple.of(page, 0));
    }
}
