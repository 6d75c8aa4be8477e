// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** A process's life with one behaviour, or suspended without any. */
final class ProcessLife extends Life {
    final KernelProcess process;

    ProcessLife(KernelProcess process) {
        this.process = process;
    }

    @Override
    Owner who() {
        return new Owner.Process(process.pid, process.module.name);
    }

    Pid pid() {
        return process.pid;
    }

    @Override
    String claimant() {
        return "module " + process.module.name;
    }

    @Override
    boolean answersTo(Recipient recipient) {
        return process.kernel.registry.find(recipient) == this;
    }

    @Override
    void transferred(KernelTable table, Owner from, @Nullable Object gift) {
        process.post(new Envelope.Given(table, from, gift));
    }
}
