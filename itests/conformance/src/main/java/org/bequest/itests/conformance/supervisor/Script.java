// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bequest.process.Self;

/** What one child is to do, and whom it tells. Threads: any. */
final class Script {
    /** What a start does. */
    enum Start {
        OK,
        FAIL,
        IGNORE
    }

    private final String child;
    private final List<Start> starts;
    private final Happenings happenings;
    private final AtomicInteger started = new AtomicInteger();

    /** @param starts what they do, one after another; all others are good */
    Script(String child, List<Start> starts, Happenings happenings) {
        this.child = child;
        this.starts = starts;
        this.happenings = happenings;
    }

    String child() {
        return child;
    }

    Start nextStart() {
        int start = started.getAndIncrement();
        return start < starts.size() ? starts.get(start) : Start.OK;
    }

    void hasStarted(Self self) {
        happenings.started(child, self.pid());
    }

    void wasIgnored() {
        happenings.add("ignored", child);
    }

    void isFailing() {
        happenings.failing(child);
    }

    void isTerminated(String reason) {
        happenings.add("terminated", child, reason);
    }
}
