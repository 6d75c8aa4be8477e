// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shows;

import org.bequest.record.RecordSpec;
import org.bequest.table.TableSpec;

/** A version that has made something else of the year. */
public final class IncompatibleShows extends ShowsActivator<IncompatibleShows.Show> {
    record Show(String title, boolean year, String lead, int scenes) {}

    @Override
    RecordSpec<Show> spec() {
        return TableSpec.of("shows", Show.class);
    }

    @Override
    Show show(String title) {
        return new Show(title, true, "Lead", 7);
    }
}
