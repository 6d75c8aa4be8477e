// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildExit;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.CustomPlan;
import org.bequest.supervisor.Decision;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.FencedException;
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

    /** Of casts to itself: {@code {EXIT, pid, reason}}; also how exits are put off. */
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

    private final Plans plans;
    private final Requests requests;
    private final Moves moves;
    private final Sharing sharing;
    private final Declared declared;
    private final Deque<Tuple> deferred = new ArrayDeque<>();
    private final Map<Object, List<Tuple>> parked = new HashMap<>();
    /** Callers who wait until all is at rest. */
    private final List<Long> idle = new ArrayList<>();
    /** While it ends: children that may have a process, the last first. */
    private Deque<Child> leaving = new ArrayDeque<>();

    private boolean acknowledged;
    private boolean finished;

    Supervision(Self self, Children children, Events events, Plans plans) {
        this.self = self;
        this.children = children;
        this.events = events;
        this.plans = plans;
        this.callers = new Callers(self);
        this.rollout = new Rollout(this);
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
        if (children.fresh) {
            for (ChildSpec spec :
                    children.simple() ? List.<ChildSpec>of() : children.spec().children()) {
                if (!children.add(new Child(spec.id(), spec, children.nextPlace(), Stage.PENDING))) {
                    log.info("Child '{}' of '{}' is there already, with another supervisor", spec.id(), name());
                }
            }
        }
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
            leaving = children.reversed();
        }
        declared.takeUp();
        rollout.takeUp();
    }

    private void takeUp(Child child, boolean unmonitored) {
        Pid pid = child.pid;
        if (pid != null) {
            Optional<ProcessInfo> now = self.processes().info(pid);
            if (unmonitored || now.isEmpty()) {
                self.monitor(pid); // of one that is gone this tells too, after all that was told before
                now = self.processes().info(pid);
            }
            if (child.stage.starting() && now.isPresent() && now.get().status() != ProcessInfo.Status.STARTING) {
                started(pid);
            } else if (child.stage.stopping() && now.isPresent()) {
                tellToStop(child, Clock.until(child.time));
            } else if (child.stage == Stage.MOVING) {
                moves.offer(child);
            }
        } else if (child.stage == Stage.DUE || child.stage == Stage.DECIDING) {
            remind(child);
        } else if (child.stage.starting()) {
            startLate(child);
        }
    }

    /** It was written down, and whoever did has ended before there was even a pid. */
    private void startLate(Child child) {
        try {
            start(child, child.stage);
        } catch (Children.Lost lost) {
            log.info("'{}' leaves a child alone: {}", name(), lost.getMessage());
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

    /** Handles it as soon as it is its turn. */
    void put(Tuple input) {
        deferred.add(input);
        advance();
    }

    private void handle(Tuple input) {
        try {
            switch (input.getString(0)) {
                case REQUEST -> requests.handle(input);
                case EXIT -> exit(input);
                case DUE -> due(input.get(1));
                case DECIDED -> decided(input);
                default -> log.warn("'{}' passed over an unknown message: {}", name(), input);
            }
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
                || child.stage.starting() && child.stage != Stage.AWAITING;
    }

    /** Something has become of the child. */
    void settled(Child child) {
        List<Tuple> inputs = parked.remove(child.key);
        if (inputs != null) {
            deferred.addAll(inputs);
        }
    }

    void whenIdle(long ref) {
        idle.add(ref);
    }

    // What is done in order

    private boolean grouped() {
        Strategy strategy = children.spec().strategy();
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
                advanceToEnd();
                return;
            }
            step();
            if (header().ending == null) {
                Tuple next = occupied() ? unblocking() : deferred.poll();
                if (next == null) {
                    return;
                }
                handle(next);
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
        try {
            while (starting() + stopping() == 0 && header().ending == null) {
                Child cycling = children.lastCycling();
                Child pending = children.firstPending();
                if (cycling != null) {
                    stop(cycling, children.whole(cycling).restart() == Restart.TEMPORARY ? Stage.GOING : Stage.TURNING);
                } else if (pending != null && !blocked()) {
                    start(pending, header().open ? Stage.AUTO : Stage.INITIAL);
                } else {
                    atRest(pending == null);
                    return;
                }
            }
        } catch (Children.Lost lost) {
            log.info("'{}' leaves a child alone: {}", name(), lost.getMessage());
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

    // Starting

    /** Starts a child that has no process. */
    void start(Child child, Stage stage) {
        Pid pid = self.newPid();
        children.change(child, stage, pid);
        ChildSpec whole = children.whole(child);
        spawn(child, pid, whole.process(), rollout.version(whole));
    }

    private void spawn(Child child, Pid pid, ProcessSpec process, org.osgi.framework.@Nullable Version version) {
        try {
            self.spawn(pid, unique(child, process, pid), version);
        } catch (FencedException over) {
            throw over;
        } catch (RuntimeException refused) {
            // By a message: if it is restarted at once and refused again, there must be an end to it.
            toSelf(Tuple.of(EXIT, pid, Reasons.toTerm(ExitReason.Crashed.of(refused))));
        }
    }

    /** Supervisors that are all of one specification cannot all have its name. */
    private ProcessSpec unique(Child child, ProcessSpec process, Pid pid) {
        if (child.id() != null || process.name() == null) {
            return process;
        }
        String name = process.name() + "-" + pid.number();
        ProcessSpec named = process.name(name);
        return isOurs(process) ? named.argument(with(process.argument(), "name", name)) : named;
    }

    private static boolean isOurs(ProcessSpec process) {
        return process.module().equals(Supervisor.MODULE);
    }

    private static Map<Object, Object> with(@Nullable Object argument, String key, Object value) {
        Map<Object, Object> more = new HashMap<>((Map<?, ?>) argument);
        more.put(key, value);
        return more;
    }

    /** A child's process has started. */
    void started(Pid pid) {
        Child child = children.byPid(pid);
        if (child == null || !child.stage.starting()) {
            return;
        }
        boolean again = child.stage == Stage.AUTO || child.stage == Stage.AWAITING && child.restarts > 0;
        child.since = Clock.now();
        change(child, Stage.RUNNING, pid);
        if (again) {
            events.restarted(name(), child);
        } else {
            events.started(name(), child);
        }
        callers.started(child, pid);
        settled(child);
        rollout.started(child);
    }

    /** A child's process waits for its module, and nobody for the child. */
    void awaiting(Pid pid) {
        Child child = children.byPid(pid);
        if (child == null || !child.stage.starting()) {
            return;
        }
        change(child, Stage.AWAITING, pid);
        events.waiting(name(), child, "its module");
        callers.started(child, pid);
        settled(child);
    }

    private void change(Child child, Stage stage, @Nullable Pid pid) {
        try {
            children.change(child, stage, pid);
        } catch (Children.Lost lost) {
            log.info("'{}' leaves a child alone: {}", name(), lost.getMessage());
        }
    }

    // Stopping

    /** Has a child's process end. What comes then is told by the stage. */
    void stop(Child child, Stage stage) {
        Duration shutdown = children.whole(child).shutdown();
        children.change(child, stage, child.pid, Clock.in(shutdown));
        tellToStop(child, shutdown);
    }

    private void tellToStop(Child child, Duration shutdown) {
        if (shutdown.isZero()) {
            self.processes().exit(child.pid, ExitReason.KILLED);
            return;
        }
        self.processes().exit(child.pid, ExitReason.SHUTDOWN);
        if (child.time != Clock.NEVER) {
            self.sendAfter(shutdown, Tuple.of(OVERDUE, child.key, child.pid));
        }
    }

    /** A child was told to stop, and should have by now. */
    void overdue(Object key, Pid pid) {
        Child child = children.get(key);
        if (child != null && pid.equals(child.pid) && child.stage.stopping()) {
            log.warn("{} of '{}' did not stop in its time and is killed", child, name());
            self.processes().exit(pid, ExitReason.KILLED);
        }
    }

    // Exits

    private void exit(Tuple input) {
        Child child = children.byPid((Pid) input.get(1));
        if (child == null) {
            return;
        }
        if (child.stage == Stage.MOVING && header().ending == null) {
            park(child, input);
            return;
        }
        ExitReason reason = Reasons.ofTerm(input.getTuple(2));
        tell(child, reason);
        if (header().ending != null) {
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
                callers.ended(child, reason);
                settled(child);
            }
            case LEAVING -> down(child, reason);
            case GOING -> gone(child, reason);
            default -> log.warn("{} of '{}' has ended, and had no process: {}", child, name(), child.stage);
        }
        rollout.goOn();
    }

    private void tell(Child child, ExitReason reason) {
        if (child.stage.stopping()) {
            events.stopped(name(), child, child.pid, reason);
        } else if (!child.stage.starting()) {
            count(child);
            rollout.ended(child, reason);
            events.exited(name(), child, child.pid, reason);
        } else if (!(reason instanceof ExitReason.NoProcess || reason instanceof ExitReason.Normal)) {
            events.exited(name(), child, child.pid, reason);
        }
    }

    private void notStarted(Child child, ExitReason reason) {
        Stage stage = child.stage;
        if (reason instanceof ExitReason.NoProcess) {
            start(child, stage == Stage.AWAITING ? Stage.AUTO : stage); // whoever was to start it did not come to it
        } else if (reason instanceof ExitReason.Normal) {
            callers.started(child, null);
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
            log.error("'{}' does not start, since its {} does not: {}", name(), child, reason);
            end(new ExitReason.Shutdown(Tuple.of("failed_to_start_child", child.key, reason.toString())));
        } else {
            children.pending().forEach(other -> children.change(other, Stage.DOWN, null));
            callers.ended(child, reason);
            again(child, reason);
        }
    }

    private boolean isNeverRestarted(Child child) {
        ChildSpec whole = children.whole(child);
        return whole.plan() == null && whole.restart() == Restart.TEMPORARY;
    }

    /** A restart has failed. */
    private void again(Child child, ExitReason reason) {
        log.warn("{} of '{}' failed to restart: {}", child, name(), reason);
        RestartPlan plan = children.whole(child).plan();
        if (plan != null) {
            count(child);
            decide(child, plan, reason);
        } else {
            children.change(child, Stage.DUE, null, Clock.now());
            toSelf(Tuple.of(DUE, child.key)); // after those who call meanwhile
            settled(child);
        }
    }

    private void count(Child child) {
        RestartPlan plan = children.whole(child).plan();
        if (plan != null && Clock.now() - child.since >= Clock.millis(plan.quiet())) {
            child.streak = 0;
        }
        child.restarts++;
        child.streak++;
    }

    private void ended(Child child, ExitReason reason) {
        ChildSpec whole = children.whole(child);
        RestartPlan plan = whole.plan();
        if (plan != null) {
            decide(child, plan, reason);
        } else if (whole.restart() == Restart.PERMANENT || whole.restart() == Restart.TRANSIENT && !reason.expected()) {
            countedRestart(child, reason);
        } else {
            rest(child, reason);
        }
    }

    /** It has ended by itself, and is not restarted. */
    private void rest(Child child, ExitReason reason) {
        boolean significant = children.whole(child).significant();
        stay(child, reason);
        if (significant && mayShutDown()) {
            log.info("'{}' shuts down, since its significant {} has ended", name(), child);
            end(ExitReason.SHUTDOWN);
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
        if (!sweep(child, reason, Stage.LEAVING)) {
            children.change(child, Stage.DOWN, null);
            callers.ended(child, reason);
            settled(child);
            if (children.simple() || children.whole(child).restart() == Restart.TEMPORARY) {
                children.remove(child);
            }
        }
    }

    /** It has no process any more, and is forgotten. */
    void gone(Child child, ExitReason reason) {
        if (!sweep(child, reason, Stage.GOING)) {
            children.remove(child);
            callers.ended(child, reason);
            settled(child);
        }
    }

    /**
     * A supervisor that was not able to stop its children leaves them behind. If no other one will take them up, one is
     * started that has nothing to do but to stop them. Returns whether it was, as this child's process.
     */
    private boolean sweep(Child child, ExitReason reason, Stage stage) {
        ProcessSpec process = children.whole(child).process();
        if (!isOurs(process) || reason.expected()) {
            return false;
        }
        SupervisorSpec left = SupervisorSpec.ofTerm(process.argument());
        if (left.shared() || self.tables().find(left.table()).isEmpty()) {
            return false;
        }
        log.warn("{} of '{}' has left children behind, which are stopped now", child, name());
        Pid pid = self.newPid();
        children.change(child, stage, pid);
        spawn(child, pid, process.argument(with(process.argument(), SWEEP, true)), null);
        return true;
    }

    // Restarting

    /** By OTP's rules: if it was not too often. */
    private void countedRestart(Child child, ExitReason reason) {
        boolean allowed = header().countRestart();
        children.saveHeader();
        if (allowed) {
            restart(child);
            return;
        }
        log.error(
                "'{}' gives up: more than {} restarts within {} ms, the last of {} which ended with {}",
                name(),
                children.spec().intensity(),
                Clock.millis(children.spec().period()),
                child,
                reason);
        events.gaveUp(name(), child);
        end(ExitReason.SHUTDOWN);
        down(child, reason);
    }

    private void restart(Child child) {
        if (!grouped()) {
            start(child, Stage.AUTO);
            return;
        }
        for (Child other : List.copyOf(children.all())) {
            if (other != child && (children.spec().strategy() == Strategy.ONE_FOR_ALL || other.place > child.place)) {
                if (other.pid != null) {
                    children.change(other, Stage.CYCLING, other.pid);
                } else {
                    children.change(other, Stage.PENDING, null);
                    settled(other);
                }
            }
        }
        children.change(child, Stage.PENDING, null);
    }

    private void due(Object key) {
        Child child = children.get(key);
        if (child == null || child.stage != Stage.DUE && child.stage != Stage.DECIDING) {
            return;
        }
        if (child.time > Clock.now()) {
            remind(child);
        } else if (child.stage == Stage.DECIDING) {
            log.error(
                    "The plan for {} of '{}' has not decided within {} ms: it is restarted",
                    child,
                    name(),
                    CustomPlan.LIMIT.toMillis());
            countedRestart(child, ExitReason.NO_PROCESS);
        } else if (children.whole(child).plan() == null) {
            countedRestart(child, ExitReason.NO_PROCESS);
        } else {
            restart(child);
        }
    }

    private void remind(Child child) {
        if (child.time != Clock.NEVER) {
            self.sendAfter(Clock.until(child.time), Tuple.of(DUE, child.key));
        }
    }

    // Plans

    private void decide(Child child, RestartPlan plan, ExitReason reason) {
        ChildExit exit = exitOf(child, reason);
        String delegate = plan.delegate(exit);
        if (delegate == null) {
            apply(child, plan, reason);
            return;
        }
        children.change(child, Stage.DECIDING, null, Clock.in(CustomPlan.LIMIT));
        remind(child);
        Tuple asked = Tuple.of(child.key, child.restarts, Reasons.toTerm(reason));
        plans.ask(delegate, exit, self.pid(), asked);
    }

    private static ChildExit exitOf(Child child, ExitReason reason) {
        Duration uptime = Duration.ofMillis(Clock.now() - child.since);
        return new ChildExit(child.id(), child.pid, reason, child.restarts, child.streak, uptime);
    }

    private void decided(Tuple answer) {
        Tuple asked = answer.getTuple(1);
        Child child = children.get(asked.get(0));
        if (child == null || child.stage != Stage.DECIDING || child.restarts != asked.getLong(1)) {
            return; // too late
        }
        ExitReason reason = Reasons.ofTerm(asked.getTuple(2));
        if (answer.get(2) == null) {
            log.error("The plan for {} of '{}' failed: it is restarted. {}", child, name(), answer.get(3));
            countedRestart(child, reason);
        } else {
            apply(child, RestartPlan.ofTerm(answer.get(2)), reason);
        }
    }

    private void apply(Child child, RestartPlan plan, ExitReason reason) {
        Decision decision = plan.decide(exitOf(child, reason), ThreadLocalRandom.current()::nextDouble);
        if (decision instanceof Decision.Restart) {
            restart(child);
        } else if (decision instanceof Decision.RestartAfter after) {
            children.change(child, Stage.DUE, null, Clock.in(after.delay()));
            remind(child);
            settled(child);
        } else if (decision instanceof Decision.Wait) {
            events.waiting(name(), child, "somebody to restart it");
            rest(child, reason);
        } else if (decision instanceof Decision.Delete) {
            gone(child, reason);
        } else if (decision instanceof Decision.Stop stop) {
            events.gaveUp(name(), child);
            end(stop.detail() == null ? reason : new ExitReason.Shutdown(stop.detail()));
            down(child, reason);
        }
    }

    // The end

    /** Stops all children, in order, and then this supervisor. */
    void end(ExitReason reason) {
        if (header().ending != null || finished) {
            return;
        }
        header().ending = reason;
        children.saveHeader();
        leaving = children.reversed();
        List.copyOf(parked.values()).forEach(deferred::addAll);
        parked.clear();
    }

    private void advanceToEnd() {
        while (!deferred.isEmpty()) {
            handle(deferred.poll());
        }
        while (!leaving.isEmpty() && (children.simple() || allStopped())) {
            Child child = leaving.poll();
            if (children.get(child.key) == child && !child.stage.stopping() && (child.pid != null || isLeft(child))) {
                stopOrLeave(child);
            }
        }
        if (leaving.isEmpty() && allStopped()) {
            finished = true;
            idle.forEach(ref -> callers.fail(ref, requests.shuttingDown()));
            children.drop();
            self.exit(header().ending);
        }
    }

    private void stopOrLeave(Child child) {
        try {
            if (isLeft(child)) {
                sharing.leave(child);
            } else {
                stop(child, Stage.LEAVING);
            }
        } catch (Children.Lost lost) {
            log.info("'{}' leaves a child alone: {}", name(), lost.getMessage());
        }
    }

    /** Whether it goes to those who share the table; also one that is down, or waits to be restarted. */
    private boolean isLeft(Child child) {
        return children.spec().shared() && children.whole(child).keep() && child.stage != Stage.PENDING;
    }

    private boolean allStopped() {
        return children.count(Stage.LEAVING) + children.count(Stage.TURNING) + children.count(Stage.GOING) == 0;
    }

    void toSelf(Tuple message) {
        self.processes().cast(self.pid(), message);
    }
}
