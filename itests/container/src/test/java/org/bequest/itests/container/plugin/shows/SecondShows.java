// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shows;

import org.bequest.record.RecordSpec;
import org.bequest.table.TableSpec;

/** The next version: the lead is a star now, the year is wider, there is a rating, and the scenes are gone. */
public final class SecondShows extends ShowsActivator<SecondShows.Show> {
    record Show(double rating, String star, String title, long year) {}

    @Override
    RecordSpec<Show> spec() {
        return TableSpec.of("shows", Show.class)
                .key("title")
                .renamed("lead", "star")
                .otherwise("rating", 5.5);
    }

    @Override
    Show show(String title) {
        return new Show(9.5, "Star", title, 2002);
    }
}
