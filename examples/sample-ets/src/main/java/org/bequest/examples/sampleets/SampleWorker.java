// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import java.util.Objects;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.jspecify.annotations.Nullable;

/** What all kinds of workers do: they report that they have started, begin to work, and execute what they are sent. */
abstract class SampleWorker implements Worker {
    private static final String BEGIN = "begin";

    final Reports reports;
    /** Of the child that it is. */
    Object id = "";

    SampleWorker(Reports reports) {
        this.reports = reports;
    }

    @Override
    public final void onStart(Self self, @Nullable Object argument) {
        id = Objects.requireNonNull(argument);
        reports.info("Worker " + id + " started");
        self.processes().cast(self.pid(), BEGIN);
    }

    /** Other code for the same process, which has begun, or will. */
    @Override
    public final void onResume(Self self, Handover handover) {
        id = Objects.requireNonNull(handover.argument());
    }

    @Override
    public final void onCast(Self self, Object message) {
        if (message instanceof Job job) {
            reports.info("Doing job.");
            job.execute(self);
        } else {
            begin(self);
        }
    }

    abstract void begin(Self self);
}
