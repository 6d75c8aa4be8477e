// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bequest.process.Self;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several supervisors over one table of children. */
final class Sharing {
    /* How it works. A row says whose the child is. Each supervisor monitors the others. When one has died, each of those that
     * are left tries to take each of its rows over, by comparing the row that it has read: so one of them gets it (see
     * Children). A supervisor that starts does the same with the rows of those that are gone.
     *
     * It is enough to hear that a supervisor is dead: its rights have ended before that is told, so it has started what it
     * will ever start. */

    /** Of casts to the others: {@code {JOINED, pid}}. */
    static final String JOINED = "joined";

    /** Of casts to the others: {@code {LEFT, child}}: it is to be had. */
    static final String LEFT = "left";

    private static final Logger log = LoggerFactory.getLogger(Sharing.class);

    private final Supervision supervision;
    private final Children children;
    private final Self self;
    private final Set<Pid> others = new HashSet<>();

    Sharing(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
        this.self = supervision.self;
    }

    private boolean shared() {
        return children.spec().shared();
    }

    /** Makes itself known to the others. */
    void join() {
        if (!shared()) {
            return;
        }
        for (Tuple header : children.headers()) {
            Pid other = (Pid) header.get(ChildrenTable.PID);
            if (!other.equals(self.pid())) {
                joined(other);
                self.processes().cast(other, Tuple.of(JOINED, self.pid()));
            }
        }
    }

    /** Another one is there. If it is gone already, the monitor says so. */
    void joined(Pid other) {
        if (others.add(other)) {
            self.monitor(other);
        }
    }

    /** The rows that are for this supervisor to take. */
    List<Tuple> takeable() {
        if (!shared()) {
            return children.rows();
        }
        return children.rows().stream().filter(this::isTakeable).toList();
    }

    private boolean isTakeable(Tuple row) {
        Pid supervisor = (Pid) row.get(ChildrenTable.SUPERVISOR);
        return supervisor == null
                || supervisor.equals(self.pid())
                || !self.processes().isAlive(supervisor);
    }

    /** Somebody has died. Returns whether it was one of the others. */
    boolean ended(Pid other) {
        if (!others.remove(other)) {
            return false;
        }
        if (children.header.ending == null) {
            takeOver(other);
        }
        return true;
    }

    private void takeOver(Pid dead) {
        int taken = 0;
        for (Tuple row : children.rows()) {
            if (dead.equals(row.get(ChildrenTable.SUPERVISOR))) {
                taken += take(row, dead);
            }
        }
        // What it knew of itself stays, for the process that follows it.
        log.info("'{}' has taken over {} children of {}, which is gone", supervision.name(), taken, dead);
    }

    private int take(Tuple row, @Nullable Pid from) {
        supervision.takeUp(List.of(row), true);
        Child child = children.get(row.get(ChildrenTable.KEY));
        if (child == null) {
            return 0;
        }
        supervision.events.takenOver(supervision.name(), child, from);
        return 1;
    }

    /** A child without a supervisor, which is this one's from now on; null if it is not without. */
    @Nullable
    Child ownerless(String id) {
        Tuple row = shared() ? children.row(id) : null;
        if (row != null && isTakeable(row)) {
            take(row, (Pid) row.get(ChildrenTable.SUPERVISOR));
        }
        return children.get(id);
    }

    /** Leaves a child to the others. */
    void leave(Child child) {
        children.leave(child);
        others.forEach(other -> self.processes().cast(other, Tuple.of(LEFT, child.key)));
    }

    /** Another one has left a child. */
    void left(Object key) {
        Tuple row = children.row(key);
        if (row != null && row.get(ChildrenTable.SUPERVISOR) == null && children.header.ending == null) {
            take(row, null);
        }
    }
}
