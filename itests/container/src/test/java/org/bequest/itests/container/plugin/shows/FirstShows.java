// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shows;

import org.bequest.record.RecordSpec;
import org.bequest.table.TableSpec;

/** The plugin's first version. What it says of scenes is for the case that it comes back. */
public final class FirstShows extends ShowsActivator<FirstShows.Show> {
    record Show(String title, int year, String lead, int scenes) {}

    @Override
    RecordSpec<Show> spec() {
        return TableSpec.of("shows", Show.class).otherwise("scenes", -1);
    }

    @Override
    Show show(String title) {
        return new Show(title, 2001, "Lead", 7);
    }
}
