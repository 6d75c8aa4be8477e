// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tvshows;

import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.table.Table;
import org.bequest.table.TableException;
import org.bequest.term.Tuple;

/** Somebody else, who does not own the table: tries one thing with it, and is gone. */
final class Viewer implements Worker {
    @Override
    public void onCall(Self self, Object request, Caller caller) {
        try {
            Table shows = self.tables().open(Shows.TABLE);
            if (request instanceof Tuple row) {
                shows.insert(row);
                caller.reply(true);
            } else {
                caller.reply(shows.lookup(request));
            }
        } catch (TableException refused) {
            caller.fail(refused);
        }
        self.exit(ExitReason.NORMAL);
    }
}
