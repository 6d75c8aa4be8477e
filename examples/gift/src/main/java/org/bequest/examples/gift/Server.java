// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.gift;

import org.bequest.process.Caller;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.Transfer;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Writes to the table, which it does not make: it is given to whoever has the server's name. */
final class Server implements Worker {
    private final Reports reports;

    Server(Reports reports) {
        this.reports = reports;
    }

    /** Has not started before it has its table, so that no request can come too early. */
    @Override
    public void onStart(Self self, @Nullable Object argument) {
        self.holdStart();
    }

    /** {@code handle_info({'ETS-TRANSFER', TableId, From, GiftData}, State)} */
    @Override
    public void onSignal(Self self, Signal signal) {
        if (signal instanceof Signal.Transferred transferred) {
            Transfer transfer = transferred.transfer();
            reports.add(self.pid() + " is given table '" + transfer.table().name() + "' by " + transfer.from()
                    + ", with the gift '" + transfer.gift() + "'; rows: "
                    + transfer.table().size());
            self.started();
        }
    }

    /** Asks for the table each time: who owns it has an owner's rights, also after this code was replaced. */
    @Override
    public void onCall(Self self, Object request, Caller caller) {
        self.tables().open(GiftTable.TABLE.table().name()).insert((Tuple) request);
        caller.reply(true);
    }
}
