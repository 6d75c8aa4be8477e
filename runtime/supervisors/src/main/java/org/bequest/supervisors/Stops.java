// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stopping children, and the supervisor itself. */
final class Stops {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final Supervision supervision;
    private final Children children;
    private final Self self;
    /** While it ends: children that may have a process, the last first. */
    private Deque<Child> leaving = new ArrayDeque<>();

    Stops(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
        this.self = supervision.self;
    }

    /** Has a child's process end. What comes then is told by the stage. */
    void stop(Child child, Stage stage) {
        Duration shutdown = children.whole(child).shutdown();
        children.change(child, stage, child.pid, Clock.in(shutdown));
        tellToStop(child, shutdown);
    }

    /** Has it end; again, if that was said before. */
    void tellToStop(Child child, Duration shutdown) {
        if (shutdown.isZero()) {
            self.processes().exit(child.pid, ExitReason.KILLED);
            return;
        }
        self.processes().exit(child.pid, ExitReason.SHUTDOWN);
        if (child.time != Clock.NEVER) {
            self.sendAfter(shutdown, Tuple.of(Supervision.OVERDUE, child.key, child.pid));
        }
    }

    /** A child was told to stop, and should have by now. */
    void overdue(Object key, Pid pid) {
        Child child = children.get(key);
        if (child != null && pid.equals(child.pid) && child.stage.stopping()) {
            log.warn("{} of '{}' did not stop in its time and is killed", child, supervision.name());
            self.processes().exit(pid, ExitReason.KILLED);
        }
    }

    // The end

    /** Stops all children, in order, and then this supervisor. */
    void end(ExitReason reason) {
        if (children.header.ending != null) {
            return;
        }
        children.header.ending = reason;
        children.saveHeader();
        takeUp();
        supervision.unpark();
    }

    /** All children that may have a process have to be stopped. */
    void takeUp() {
        leaving = children.reversed();
    }

    /** Stops the next one, or this supervisor if there is none. */
    void goOn() {
        while (!leaving.isEmpty() && (children.simple() || allStopped())) {
            Child child = leaving.poll();
            if (children.get(child.key) == child && !child.stage.stopping() && (child.pid != null || isLeft(child))) {
                supervision.unlessLost(() -> stopOrLeave(child));
            }
        }
        if (leaving.isEmpty() && allStopped()) {
            supervision.finish();
            children.drop();
            self.exit(children.header.ending);
        }
    }

    private void stopOrLeave(Child child) {
        if (isLeft(child)) {
            supervision.sharing().leave(child);
        } else {
            stop(child, Stage.LEAVING);
        }
    }

    /** Whether it goes to those who share the table; also one that is down, or waits to be restarted. */
    private boolean isLeft(Child child) {
        return children.spec().shared() && children.whole(child).keep() && child.stage != Stage.PENDING;
    }

    private boolean allStopped() {
        return children.count(Stage.LEAVING) + children.count(Stage.TURNING) + children.count(Stage.GOING) == 0;
    }
}
