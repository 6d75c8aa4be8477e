// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** What the children of one program say that happens, in that order, and their processes. Threads: any. */
final class Happenings {
    private List<List<String>> events = new ArrayList<>();
    private final Map<Pid, String> children = new HashMap<>();
    private final Map<String, Pid> latest = new HashMap<>();
    private @Nullable Runnable inFailingStart;

    synchronized void add(String... event) {
        events.add(List.of(event));
    }

    synchronized void started(String child, Pid pid) {
        add("started", child);
        children.put(pid, child);
        latest.put(child, pid);
    }

    /** In a start of that child, which fails when this returns. */
    void failing(String child) {
        Runnable next;
        synchronized (this) {
            add("start_failed", child);
            next = inFailingStart;
            inFailingStart = null;
        }
        if (next != null) {
            next.run();
        }
    }

    /**
     * Forgets what has happened.
     *
     * @param inFailingStart done in the next start that fails, if there is one; or null
     */
    synchronized void begin(@Nullable Runnable inFailingStart) {
        events = new ArrayList<>();
        this.inFailingStart = inFailingStart;
    }

    /** Since it began. */
    synchronized List<List<String>> events() {
        return List.copyOf(events);
    }

    /** Who started as that process; null if no child has. */
    synchronized @Nullable String child(Pid pid) {
        return children.get(pid);
    }

    /** The process that the child was last; null if it never started. */
    synchronized @Nullable Pid pid(String child) {
        return latest.get(child);
    }

    /** All that there have ever been. */
    synchronized Set<Pid> pids() {
        return Set.copyOf(children.keySet());
    }
}
