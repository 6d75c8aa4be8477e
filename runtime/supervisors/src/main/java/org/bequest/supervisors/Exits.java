// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.process.ExitReason;
import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a child whose process has ended. */
final class Exits {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final Supervision supervision;
    private final Children children;

    Exits(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
    }

    /** The process of a child has ended, or never was. */
    void exit(Tuple input) {
        Child child = children.byPid((Pid) input.get(1));
        if (child == null) {
            return;
        }
        if (child.stage == Stage.MOVING && children.header.ending == null) {
            supervision.park(child, input);
            return;
        }
        ExitReason reason = Reasons.ofTerm(input.getTuple(2));
        child.ended = input.getLong(3);
        tell(child, reason);
        if (children.header.ending != null) {
            down(child, reason);
            return;
        }
        switch (child.stage) {
            case INITIAL, NEW, MANUAL, AUTO, AWAITING -> notStarted(child, reason);
            case RUNNING -> ended(child, reason);
            case CYCLING -> {
                if (children.whole(child).restart() == Restart.TEMPORARY) {
                    gone(child, reason);
                } else {
                    children.change(child, Stage.PENDING, null);
                }
            }
            case TURNING -> {
                children.change(child, Stage.PENDING, null);
                supervision.callers.ended(child, reason);
                supervision.settled(child);
            }
            case LEAVING -> down(child, reason);
            case GOING -> gone(child, reason);
            default -> log.warn("{} of '{}' has ended, and had no process: {}", child, supervision.name(), child.stage);
        }
        supervision.rollout.goOn();
    }

    private void tell(Child child, ExitReason reason) {
        if (child.stage.stopping()) {
            supervision.events.stopped(supervision.name(), child, child.pid, reason);
        } else if (!child.stage.starting()) {
            count(child);
            supervision.rollout.ended(child, reason);
            supervision.events.exited(supervision.name(), child, child.pid, reason);
        } else if (!(reason instanceof ExitReason.NoProcess || reason instanceof ExitReason.Normal)) {
            supervision.events.exited(supervision.name(), child, child.pid, reason);
        }
    }

    private void notStarted(Child child, ExitReason reason) {
        Stage stage = child.stage;
        if (reason instanceof ExitReason.NoProcess) {
            // Whoever was to start it did not come to it.
            supervision.starts.start(child, stage == Stage.AWAITING ? Stage.AUTO : stage);
        } else if (reason instanceof ExitReason.Normal) {
            supervision.callers.started(child, null);
            stay(child, reason); // to be ignored is no end
        } else if (stage == Stage.NEW) {
            gone(child, reason);
        } else if (stage == Stage.AWAITING && isNeverRestarted(child)) {
            count(child);
            rest(child, reason);
        } else if (stage == Stage.MANUAL) {
            down(child, reason);
        } else if (stage == Stage.INITIAL) {
            down(child, reason);
            log.error("'{}' does not start, since its {} does not: {}", supervision.name(), child, reason);
            supervision.stops.end(
                    new ExitReason.Shutdown(Tuple.of("failed_to_start_child", child.key, reason.toString())));
        } else {
            again(child, reason);
        }
    }

    private boolean isNeverRestarted(Child child) {
        ChildSpec whole = children.whole(child);
        return whole.plan() == null && whole.restart() == Restart.TEMPORARY;
    }

    /** A restart has failed. */
    private void again(Child child, ExitReason reason) {
        log.warn("{} of '{}' failed to restart: {}", child, supervision.name(), reason);
        RestartPlan plan = children.whole(child).plan();
        if (plan != null) {
            count(child);
        }
        child.failure = reason;
        // First: whoever follows in the middle of this finds out by it that the others are to be started too.
        children.change(child, Stage.DUE, null, Clock.now());
        children.pending().forEach(other -> children.change(other, Stage.DOWN, null));
        supervision.callers.ended(child, reason);
        if (plan != null) {
            supervision.restarts.decide(child, plan, reason);
        } else {
            supervision.toSelf(Tuple.of(Supervision.DUE, child.key)); // after those who call meanwhile
            supervision.settled(child);
        }
    }

    private void count(Child child) {
        RestartPlan plan = children.whole(child).plan();
        if (plan != null && child.ended - child.since >= Clock.millis(plan.quiet())) {
            child.streak = 0;
        }
        child.restarts++;
        child.streak++;
    }

    private void ended(Child child, ExitReason reason) {
        ChildSpec whole = children.whole(child);
        RestartPlan plan = whole.plan();
        if (plan != null) {
            supervision.restarts.decide(child, plan, reason);
        } else if (whole.restart() == Restart.PERMANENT || whole.restart() == Restart.TRANSIENT && !reason.expected()) {
            supervision.restarts.countedRestart(child, reason);
        } else {
            rest(child, reason);
        }
    }

    /** It has ended by itself, and is not restarted. */
    void rest(Child child, ExitReason reason) {
        boolean significant = children.whole(child).significant();
        stay(child, reason);
        if (significant && mayShutDown()) {
            log.info("'{}' shuts down, since its significant {} has ended", supervision.name(), child);
            supervision.stops.end(ExitReason.SHUTDOWN);
        }
    }

    /** Its specification stays, but for that of a temporary one. */
    private void stay(Child child, ExitReason reason) {
        if (children.simple() || children.whole(child).restart() == Restart.TEMPORARY) {
            gone(child, reason);
        } else {
            down(child, reason);
        }
    }

    private boolean mayShutDown() {
        AutoShutdown when = children.spec().autoShutdown();
        return when == AutoShutdown.ANY_SIGNIFICANT
                || when == AutoShutdown.ALL_SIGNIFICANT
                        && children.all().stream()
                                .noneMatch(child -> child.pid != null
                                        && children.whole(child).significant());
    }

    /** It has no process any more, and gets none unasked. */
    void down(Child child, ExitReason reason) {
        if (!supervision.starts.sweep(child, reason, Stage.LEAVING)) {
            children.change(child, Stage.DOWN, null);
            supervision.callers.ended(child, reason);
            supervision.settled(child);
            if (children.simple() || children.whole(child).restart() == Restart.TEMPORARY) {
                children.remove(child);
            }
        }
    }

    /** It has no process any more, and is forgotten. */
    void gone(Child child, ExitReason reason) {
        if (!supervision.starts.sweep(child, reason, Stage.GOING)) {
            children.remove(child);
            supervision.callers.ended(child, reason);
            supervision.settled(child);
        }
    }
}
