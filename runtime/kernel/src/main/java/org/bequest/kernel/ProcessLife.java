// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** A process's life with one behaviour, or suspended without any. */
final class ProcessLife extends Life {
    private final KernelProcess process;
    private final Directory directory;

    ProcessLife(KernelProcess process, Directory directory) {
        super(new Owner.Process(process.pid, process.module.name));
        this.process = process;
        this.directory = directory;
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
        return directory.find(recipient) == this;
    }

    @Override
    void transferred(KernelTable table, Owner from, @Nullable Object gift) {
        process.post(new Envelope.Given(table, from, gift));
    }
}
