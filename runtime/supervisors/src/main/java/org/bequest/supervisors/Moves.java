// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static org.bequest.supervisor.SupervisorException.Problem.NOT_PARENT;

import java.time.Duration;
import java.util.Optional;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.SupervisorException;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Handing running children from one supervisor to another. */
final class Moves {
    /* How it works. The one that has the child writes that it is being moved, and offers it; the other writes the child down,
     * monitors it, and says that it has taken it; then the first forgets it. An exit in between is put off by the first, and
     * the other hears of it itself. If the other does not answer, the offer is made again, also to the process that
     * follows it, which answers in the same way if it finds the child taken. After some time without an answer, or if it
     * is refused, the child stays. */

    /** Of casts: {@code {TAKE, pid of who asks, child, process, specification, restarts, streak, time of the offer}}. */
    static final String TAKE = "take";

    /** Of casts: {@code {TAKEN, child, process, problem or null, time of the offer}}. */
    static final String TAKEN = "taken";

    /** Of casts to itself: {@code {AGAIN, child}}. */
    static final String AGAIN = "offer_again";

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Supervision supervision;
    private final Children children;
    private final Self self;

    Moves(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
        this.self = supervision.self;
    }

    void begin(Child child, String to, long ref) {
        if (to.equals(supervision.name())) {
            throw new SupervisorException(
                    NOT_PARENT,
                    child.id(),
                    child.pid,
                    "Child '" + child.id() + "' is with supervisor '" + to + "' already.");
        }
        child.target = to;
        // No two offers of a child are of the same time.
        children.change(child, Stage.MOVING, child.pid, Math.max(Clock.in(LIMIT), child.cameBy + 1));
        supervision.callers.awaitStop(child.key, ref);
        offer(child);
    }

    void offer(Child child) {
        if (child.time + LIMIT.toMillis() <= Clock.now()) { // an offer that was in time has been answered by now
            stay(child, "there was no answer from a supervisor '" + child.target + "'");
            return;
        }
        Optional<Pid> target = self.processes().whereis(child.target);
        target.ifPresent(pid -> self.processes()
                .cast(
                        pid,
                        Tuple.of(
                                TAKE,
                                self.pid(),
                                child.key,
                                child.pid,
                                children.whole(child).toTerm(),
                                child.restarts,
                                child.streak,
                                child.time)));
        self.sendAfter(PAUSE, Tuple.of(AGAIN, child.key));
    }

    void again(Object key) {
        Child child = children.get(key);
        if (child != null && child.stage == Stage.MOVING) {
            offer(child);
        }
    }

    /** Somebody offers a child. */
    void take(Tuple offer) {
        Object key = offer.get(2);
        Pid pid = (Pid) offer.get(3);
        long time = offer.getLong(7);
        String problem = taken(key, pid, ChildSpec.ofTerm(offer.get(4)), offer.getLong(5), offer.getLong(6), time);
        self.processes().cast((Pid) offer.get(1), Tuple.of(TAKEN, key, pid, problem, time));
    }

    private @Nullable String taken(Object key, Pid pid, ChildSpec spec, long restarts, long streak, long until) {
        Child same = children.get(key);
        Child mine = children.byPid(pid);
        if (same != null && same.cameBy == until) {
            return null; // asked again; it may have been restarted since
        }
        if (mine != null && mine.stage == Stage.MOVING && mine.time < until) {
            cameBack(mine, until);
        }
        if (mine != null) {
            return null;
        }
        if (until <= Clock.now()) {
            return "'" + supervision.name() + "' was offered it too late";
        }
        if (children.header.ending != null || children.simple() || children.get(key) != null) {
            return "'" + supervision.name() + "' has a child '" + key + "', is simple-one-for-one, or is about to end";
        }
        Child child = new Child(key, spec, children.nextPlace(), Stage.RUNNING);
        child.pid = pid;
        child.cameBy = until;
        child.restarts = restarts;
        child.streak = streak;
        Tuple row = children.row(key);
        if (row != null && isOffered(row, pid) ? children.take(row, child) == null : !children.add(child)) {
            return "'" + supervision.name() + "' shares its table with one that has a child '" + key + "'";
        }
        self.monitor(pid);
        supervision.events.adopted(supervision.name(), child);
        return null;
    }

    /** Whether both share the table: then there is one row, which changes hands, and the other one loses it by that. */
    private boolean isOffered(Tuple row, Pid pid) {
        Child offered = Child.ofRow(row);
        return offered.stage == Stage.MOVING
                && pid.equals(offered.pid)
                && supervision.name().equals(offered.target);
    }

    /** The other one has taken it, and offers it in turn, before the process that follows the one it has told so knows of that. */
    private void cameBack(Child child, long by) {
        child.target = null;
        child.cameBy = by;
        children.change(child, Stage.RUNNING, child.pid);
        supervision.callers.ended(child, ExitReason.NORMAL);
        supervision.settled(child);
    }

    /** The other one answers. */
    void answered(Tuple answer) {
        Child child = children.get(answer.get(1));
        if (child == null || child.stage != Stage.MOVING || answer.getLong(4) != child.time) {
            return;
        }
        if (answer.get(3) != null) {
            stay(child, (String) answer.get(3));
            return;
        }
        children.remove(child);
        supervision.callers.ended(child, ExitReason.NORMAL);
        supervision.settled(child);
    }

    private void stay(Child child, String why) {
        String target = child.target;
        child.target = null;
        supervision.callers.refused(
                child,
                new SupervisorException(
                        NOT_PARENT,
                        child.id(),
                        child.pid,
                        "Child '" + child.id() + "' stays with supervisor '" + supervision.name()
                                + "' and does not move to '" + target + "': " + why + "."));
        children.change(child, Stage.RUNNING, child.pid);
        supervision.settled(child);
    }
}
