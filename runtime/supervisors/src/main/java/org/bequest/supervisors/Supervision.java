// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.Self;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.table.NoSuchTableException;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of supervision: who is started, stopped and restarted, and when. */
final class Supervision {
    /* How it works. A supervisor never waits: it starts a process, or asks one to end, and goes on when it is told of the
     * outcome. What is going on with a child is its stage, and what has to be done in order is told by stages too: of those
     * CYCLING the last is stopped, then the last but one; when none is left, of those PENDING the first is started, then the
     * second (step). All stages are rows, so whoever follows in this process or in another goes on in the middle (takeUp).
     *
     * OTP's supervisor waits, and so what reaches it meanwhile comes later. Here it is put off in the same way (deferred):
     * as long as something is done in order (occupied), or, if it concerns one child only, as long as that child is being
     * started or stopped (parked). So siblings that are not ordered do not wait for each other.
     *
     * No child is started twice: its new pid is written before the process is started, and a process starts under its pid
     * only as long as the worker that asked has its rights. Whoever follows therefore finds either the process, or a pid
     * that will never live; then a monitor says that there is no process.
     * Why: docs/decisions/0012-a-supervisor-is-rows.md
     */

    /** Of casts to itself: {@code {DUE, child}}. */
    static final String DUE = "due";

    /** Of casts to itself: {@code {OVERDUE, child, pid}}. */
    static final String OVERDUE = "overdue";

    /** Of casts to itself: {@code {DECIDED, child, restarts, decision, problem}}. */
    static final String DECIDED = "decided";

    /** Of casts to itself: {@code {EXIT, pid, reason, time}}; also how exits are put off. */
    static final String EXIT = "exit";

    /** Of what is put off: {@code {REQUEST, name, arguments, ref}}. */
    static final String REQUEST = "request";

    /** In the argument of a supervisor: it only has to stop what the one before it has left. */
    static final String SWEEP = "sweep";

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    final Self self;
    final Children children;
    final Callers callers;
    final Events events;
    final Rollout rollout;
    final Starts starts;
    final Stops stops;
    final Exits exits;
    final Restarts restarts;

    private final Requests requests;
    private final Moves moves;
    private final Sharing sharing;
    private final Declared declared;
    private final Deque<Tuple> deferred = new ArrayDeque<>();
    private final Map<Object, List<Tuple>> parked = new HashMap<>();
    /** Callers who wait until all is at rest. */
    private final List<Long> idle = new ArrayList<>();

    private boolean acknowledged;
    private boolean finished;

    Supervision(Self self, Children children, Events events, Plans plans) {
        this.self = self;
        this.children = children;
        this.events = events;
        this.callers = new Callers(self);
        this.rollout = new Rollout(this);
        this.starts = new Starts(this);
        this.stops = new Stops(this);
        this.exits = new Exits(this);
        this.restarts = new Restarts(this, plans);
        this.requests = new Requests(this);
        this.moves = new Moves(this);
        this.sharing = new Sharing(this);
        this.declared = new Declared(this);
    }

    String name() {
        return children.spec().name();
    }

    Header header() {
        return children.header;
    }

    Moves moves() {
        return moves;
    }

    Declared declared() {
        return declared;
    }

    Sharing sharing() {
        return sharing;
    }

    // Beginning, and taking up

    /** Begins with the initial children, or where the last process left off. */
    void begin() {
        sharing.join();
        takeUpAll(true);
    }

    /** Goes on with rows, after another worker of this process, or of one before. */
    void takeUp(List<Tuple> rows, boolean unmonitored) {
        List<Child> taken = new ArrayList<>();
        for (Tuple row : rows) {
            Child child = children.get(row.get(ChildrenTable.KEY)) == null ? children.take(row) : null;
            if (child != null) {
                taken.add(child);
            }
        }
        taken.forEach(child -> takeUp(child, unmonitored));
    }

    private void takeUpAll(boolean unmonitored) {
        takeUp(sharing.takeable(), unmonitored);
        if (header().ending != null) {
            stops.takeUp();
        } else {
            new Update(this).goOn();
        }
        declared.takeUp();
        rollout.takeUp();
    }

    private void takeUp(Child child, boolean unmonitored) {
        Pid pid = child.pid;
        if (pid != null) {
            if (!unmonitored && child.stage == Stage.RUNNING && self.processes().isAlive(pid)) {
                return;
            }
            Optional<ProcessInfo> now = self.processes().info(pid);
            if (unmonitored || now.isEmpty()) {
                self.monitor(pid); // of one that is gone this tells too, after all that was told before
                now = self.processes().info(pid);
            }
            if (child.stage.starting() && now.isPresent() && now.get().status() != ProcessInfo.Status.STARTING) {
                starts.started(pid);
            } else if (child.stage.stopping() && now.isPresent()) {
                stops.tellToStop(child, Clock.until(child.time));
            } else if (child.stage == Stage.MOVING) {
                moves.offer(child);
            }
        } else if (child.stage == Stage.DUE || child.stage == Stage.DECIDING) {
            if (unmonitored || child.time <= Clock.now()) {
                restarts.remind(child); // else this process has been reminded, and that stays
            }
        } else if (child.stage.starting()) {
            // It was written down, and whoever did has ended before there was even a pid.
            unlessLost(() -> starts.start(child, child.stage));
        }
    }

    /** Goes on where the last worker of this process left off. */
    void resume(@Nullable Object state) {
        acknowledged = header().open;
        restore(state); // first: what is taken up may be what somebody waits for
        takeUpAll(false);
    }

    /** What a next worker of this process needs, beside the rows. */
    Tuple toTerm() {
        List<Tuple> open = new ArrayList<>(deferred);
        parked.values().forEach(open::addAll);
        return Tuple.of(open, callers.toTerm(), List.copyOf(idle));
    }

    @SuppressWarnings("unchecked")
    private void restore(@Nullable Object term) {
        if (term instanceof Tuple state) {
            deferred.addAll((List<Tuple>) state.get(0));
            callers.restore((List<Tuple>) state.get(1));
            idle.addAll((List<Long>) state.get(2));
        }
    }

    // What comes in

    /** @param time when it ended, by the {@link Clock} */
    static Tuple exit(Pid pid, ExitReason reason, long time) {
        return Tuple.of(EXIT, pid, Reasons.toTerm(reason), time);
    }

    /** Handles it as soon as it is its turn. */
    void put(Tuple input) {
        deferred.add(input);
        advance();
    }

    private void handle(Tuple input) {
        switch (input.getString(0)) {
            case REQUEST -> requests.handle(input);
            case EXIT -> exits.exit(input);
            case DUE -> restarts.due(input.get(1));
            case DECIDED -> restarts.decided(input);
            default -> log.warn("'{}' passed over an unknown message: {}", name(), input);
        }
    }

    /** Does something about a child, as far as it is not another supervisor's by now. */
    void unlessLost(Runnable step) {
        try {
            step.run();
        } catch (Children.Lost lost) {
            log.info("'{}' leaves a child alone: {}", name(), lost.getMessage());
        }
    }

    /** Handles it when that child is neither being started nor stopped nor moved. */
    void park(Child child, Tuple input) {
        parked.computeIfAbsent(child.key, any -> new ArrayList<>(1)).add(input);
    }

    /** Whether what concerns that child has to wait. */
    static boolean isBusy(Child child) {
        return child.stage.stopping()
                || child.stage == Stage.MOVING
                || child.stage == Stage.DECIDING
                || child.stage.starting() && child.stage != Stage.AWAITING;
    }

    /** Something has become of the child. */
    void settled(Child child) {
        List<Tuple> inputs = parked.remove(child.key);
        if (inputs != null) {
            deferred.addAll(inputs);
        }
    }

    /** Nothing is waited for any more: the supervisor is about to end. */
    void unpark() {
        parked.values().forEach(deferred::addAll);
        parked.clear();
    }

    /** Somebody has dropped the table: nobody would know any more whom to look after. */
    void tableIsGone(NoSuchTableException gone) {
        log.error("'{}' ends with all its children, since their table was dropped", name());
        finished = true;
        for (Child child : children.all()) {
            if (child.pid != null) {
                self.processes().exit(child.pid, ExitReason.KILLED);
            }
        }
        self.exit(ExitReason.Crashed.of(gone));
    }

    /** It has no children any more, and ends. */
    void finish() {
        finished = true;
        idle.forEach(ref -> callers.fail(ref, requests.shuttingDown()));
    }

    void whenIdle(long ref) {
        idle.add(ref);
    }

    // What is done in order

    boolean grouped() {
        Strategy strategy = children.strategy();
        return strategy == Strategy.ONE_FOR_ALL || strategy == Strategy.REST_FOR_ONE;
    }

    private int starting() {
        int ordered = children.count(Stage.INITIAL);
        return grouped()
                ? ordered + children.count(Stage.NEW) + children.count(Stage.MANUAL) + children.count(Stage.AUTO)
                : ordered;
    }

    private int stopping() {
        int ordered = children.count(Stage.TURNING);
        return grouped()
                ? ordered + children.count(Stage.LEAVING) + children.count(Stage.GOING) + children.count(Stage.MOVING)
                : ordered;
    }

    /** Whether the next in order has to wait for a module that is away. */
    private boolean blocked() {
        return grouped() && children.count(Stage.AWAITING) > 0;
    }

    private boolean occupied() {
        return starting() + stopping() + children.count(Stage.CYCLING) > 0
                || children.count(Stage.PENDING) > 0 && !blocked();
    }

    /** Does what can be done just now. */
    void advance() {
        while (!finished) {
            if (header().ending != null) {
                while (!deferred.isEmpty()) {
                    Tuple next = deferred.poll();
                    unlessLost(() -> handle(next));
                }
                stops.goOn();
                return;
            }
            step();
            if (header().ending == null) {
                Tuple next = occupied() ? unblocking() : deferred.poll();
                if (next == null) {
                    return;
                }
                unlessLost(() -> handle(next));
            }
        }
    }

    /** An exit that what is done in order waits for; null if there is none. That of a child which just ran comes later. */
    private @Nullable Tuple unblocking() {
        for (Tuple input : deferred) {
            if (input.getString(0).equals(EXIT)) {
                Child child = children.byPid((Pid) input.get(1));
                if (child == null || child.stage != Stage.RUNNING) {
                    deferred.remove(input);
                    return input;
                }
            }
        }
        return null;
    }

    private void step() {
        while (starting() + stopping() == 0 && header().ending == null) {
            Child cycling = children.lastCycling();
            Child pending = children.firstPending();
            if (cycling != null) {
                boolean temporary = children.whole(cycling).restart() == Restart.TEMPORARY;
                unlessLost(() -> stops.stop(cycling, temporary ? Stage.GOING : Stage.TURNING));
            } else if (pending != null && !blocked()) {
                unlessLost(() -> starts.start(pending, header().open ? Stage.AUTO : Stage.INITIAL));
            } else {
                atRest(pending == null);
                return;
            }
        }
    }

    /** Whether no child is being started or stopped. Those that wait for their module are not waited for. */
    private boolean isStill() {
        return children.count(Stage.INITIAL)
                        + children.count(Stage.NEW)
                        + children.count(Stage.MANUAL)
                        + children.count(Stage.AUTO)
                        + children.count(Stage.TURNING)
                        + children.count(Stage.LEAVING)
                        + children.count(Stage.GOING)
                == 0;
    }

    private void atRest(boolean nothingPending) {
        if (!acknowledged) {
            // A child that waits for its module is no reason to keep others waiting for this supervisor.
            acknowledged = true;
            self.started();
        }
        if (nothingPending) {
            if (!header().open) {
                header().open = true;
                children.saveHeader();
            }
        }
        if (!idle.isEmpty() && isStill()) {
            idle.forEach(ref -> callers.reply(ref, null));
            idle.clear();
        }
    }

    void toSelf(Tuple message) {
        self.processes().cast(self.pid(), message);
    }
}
