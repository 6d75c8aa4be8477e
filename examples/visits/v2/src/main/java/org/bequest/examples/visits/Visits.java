// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.visits;

import java.util.Comparator;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts visits to pages, and knows the favourite one. Also two commands of the shell. */
@Component(
        service = Visits.class,
        property = {"osgi.command.scope=visits", "osgi.command.function=visit", "osgi.command.function=favourite"})
public final class Visits {
    private final Table visits;

    /** Finds the rows of version 1, if that was here before. */
    @Activate
    public Visits(@Reference Tables tables) {
        visits = tables.claim(TableSpec.of("visits"));
    }

    /** Returns how many visits to the page there have been, this one included. */
    public long visit(String page) {
        return visits.updateCounter(page, 1, 1, Tuple.of(page, 0));
    }

    // tag::favourite[]
    /** Returns the page that was visited most. */
    public String favourite() {
        return visits.stream()
                .max(Comparator.comparing(row -> row.getLong(1)))
                .map(row -> row.getString(0))
                .orElse("none yet");
    }
    // end::favourite[]
}
