// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Transfer;
import org.bequest.table.TransferListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bundle's life, from when it first asks for a service of the kernel until it stops. */
final class BundleLife extends Life {
    private static final Logger LOG = LoggerFactory.getLogger(BundleLife.class);

    final Owner.Bundle bundle;

    private final Kernel kernel;
    /** Guarded by this, like the next two. */
    private final Deque<Envelope.Given> inbox = new ArrayDeque<>();

    private final List<TransferListener> listeners = new ArrayList<>();
    private boolean delivering;

    BundleLife(Kernel kernel, Owner.Bundle bundle) {
        this.kernel = kernel;
        this.bundle = bundle;
    }

    @Override
    Owner who() {
        return bundle;
    }

    @Override
    String claimant() {
        return "bundle " + bundle.symbolicName();
    }

    @Override
    boolean answersTo(Recipient recipient) {
        return recipient instanceof Recipient.Bundle meant
                && meant.symbolicName().equals(bundle.symbolicName());
    }

    @Override
    synchronized void transferred(KernelTable table, Owner from, @Nullable Object gift) {
        inbox.add(new Envelope.Given(table, from, gift));
        deliver();
    }

    synchronized void add(TransferListener listener) {
        listeners.add(listener);
        deliver();
    }

    synchronized void remove(TransferListener listener) {
        listeners.remove(listener);
    }

    private void deliver() {
        if (!delivering && !inbox.isEmpty() && !listeners.isEmpty()) {
            delivering = true;
            kernel.scheduler.executeBlocking(this::deliverAll);
        }
    }

    private void deliverAll() {
        for (; ; ) {
            Envelope.Given next;
            List<TransferListener> to;
            synchronized (this) {
                next = listeners.isEmpty() ? null : inbox.poll();
                if (next == null) {
                    delivering = false;
                    return;
                }
                to = List.copyOf(listeners);
            }
            Transfer transfer = new Transfer(new TableHandle(kernel.ledger, next.table, this), next.from, next.gift);
            for (TransferListener listener : to) {
                try {
                    listener.transferred(transfer);
                } catch (Throwable thrown) {
                    LOG.error(
                            "{} failed to take note of table '{}', which it owns now",
                            bundle,
                            next.table.name(),
                            thrown);
                }
            }
        }
    }

    @Override
    void forget() {
        super.forget();
        synchronized (this) {
            inbox.clear();
            listeners.clear();
        }
    }
}
