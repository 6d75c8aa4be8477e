// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shows;

import org.bequest.record.RecordSpec;
import org.bequest.table.TableSpec;

/** A version whose migration fails at one of the rows, with an exception of its own. */
public final class FailingShows extends ShowsActivator<FailingShows.Show> {
    record Show(String title, boolean year) {}

    static final class NoYearException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoYearException(String message) {
            super(message);
        }
    }

    @Override
    RecordSpec<Show> spec() {
        return TableSpec.of("shows", Show.class).migrate(row -> {
            if (row.get("title").equals("1.0.0")) {
                throw new NoYearException("years are not true or false");
            }
            return new Show((String) row.get("title"), true);
        });
    }

    @Override
    Show show(String title) {
        return new Show(title, true);
    }
}
