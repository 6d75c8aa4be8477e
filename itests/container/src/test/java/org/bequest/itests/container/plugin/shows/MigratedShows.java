// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shows;

import org.bequest.record.RecordSpec;
import org.bequest.table.TableSpec;

/** A version whose rows are made by a function of its own. */
public final class MigratedShows extends ShowsActivator<MigratedShows.Show> {
    record Show(Credit credit, String title) {
        /**
         * Not the one that a record has: the JDK keeps the type of the last component that it made text of, by a soft
         * reference of java.lang.runtime.ObjectMethods, and with it this bundle.
         */
        @Override
        public String toString() {
            return title + " with " + credit.lead + " in the " + credit.decade.name();
        }
    }

    record Credit(String lead, Decade decade) {}

    enum Decade {
        NOUGHTIES,
        TENS
    }

    @Override
    RecordSpec<Show> spec() {
        return TableSpec.of("shows", Show.class).key("title").migrate(row -> {
            Decade decade = (Long) row.get("year") < 2010 ? Decade.NOUGHTIES : Decade.TENS;
            return new Show(new Credit((String) row.get("lead"), decade), (String) row.get("title"));
        });
    }

    @Override
    Show show(String title) {
        return new Show(new Credit("New", Decade.TENS), title);
    }
}
