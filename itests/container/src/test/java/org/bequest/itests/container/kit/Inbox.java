// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bequest.table.Transfer;
import org.bequest.table.TransferListener;
import org.bequest.testkit.Wait;
import org.osgi.framework.Bundle;

/** The transfers that a bundle is told of. */
public final class Inbox implements TransferListener {
    private final BlockingQueue<Transfer> transfers = new LinkedBlockingQueue<>();

    private Inbox() {}

    /** Registers a listener on behalf of the bundle. */
    public static Inbox of(Bundle bundle) {
        Inbox inbox = new Inbox();
        bundle.getBundleContext().registerService(TransferListener.class, inbox, null);
        return inbox;
    }

    @Override
    public void transferred(Transfer transfer) {
        transfers.add(transfer);
    }

    /** Waits for the next one. */
    public Transfer next() {
        return Wait.next(transfers);
    }

    public int size() {
        return transfers.size();
    }
}
