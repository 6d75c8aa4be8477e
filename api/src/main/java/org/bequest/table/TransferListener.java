// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service by which a bundle hears of tables that are given to it (a process gets a
 * {@link org.bequest.process.Signal.Transferred} instead). The kernel calls the services that the receiving bundle
 * itself has registered; transfers that came before the first is there are kept for it.
 *
 * <p>Threads: one call at a time for a bundle, on a thread of the kernel that may block. Failure: what it throws is
 * logged; the table is the bundle's all the same.
 */
@ConsumerType
@FunctionalInterface
public interface TransferListener {
    void transferred(Transfer transfer);
}
