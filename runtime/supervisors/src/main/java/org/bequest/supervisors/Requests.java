// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_PRESENT;
import static org.bequest.supervisor.SupervisorException.Problem.ALREADY_STARTED;
import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;
import static org.bequest.supervisor.SupervisorException.Problem.NOT_FOUND;
import static org.bequest.supervisor.SupervisorException.Problem.NOT_PARENT;
import static org.bequest.supervisor.SupervisorException.Problem.NO_PROCESS;
import static org.bequest.supervisor.SupervisorException.Problem.RESTARTING;
import static org.bequest.supervisor.SupervisorException.Problem.RUNNING;
import static org.bequest.supervisor.SupervisorException.Problem.SHUTTING_DOWN;
import static org.bequest.supervisor.SupervisorException.Problem.SIMPLE_ONE_FOR_ONE;

import java.util.List;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What somebody asks of a supervisor. */
final class Requests {
    static final String START = "start";
    static final String START_WITH = "start_with";
    static final String RESTART = "restart";
    static final String TERMINATE = "terminate";
    static final String DELETE = "delete";
    static final String TERMINATE_AND_DELETE = "terminate_and_delete";
    static final String ADOPT = "adopt";
    static final String RELEASE = "release";
    static final String MOVE = "move";
    static final String DEFAULTS = "defaults";
    static final String UPDATE = "update";

    private final Supervision supervision;
    private final Children children;
    private final Callers callers;

    Requests(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
        this.callers = supervision.callers;
    }

    /** Answers it, now or when it is done, or puts it off. A refusal has changed nothing. */
    void handle(Tuple request) {
        String name = request.getString(1);
        List<?> arguments = (List<?>) request.get(2);
        long ref = request.getLong(3);
        try {
            if (children.header.ending != null) {
                throw shuttingDown();
            }
            switch (name) {
                case START -> start(ChildSpec.ofTerm(arguments.get(0)), ref, request);
                case START_WITH -> startWith(arguments.get(0), ref);
                case RESTART -> restart((String) arguments.get(0), ref, request);
                case TERMINATE -> terminate(arguments.get(0), Stage.LEAVING, ref, request);
                case TERMINATE_AND_DELETE -> terminate(arguments.get(0), Stage.GOING, ref, request);
                case DELETE -> delete((String) arguments.get(0), ref, request);
                case ADOPT -> adopt((Pid) arguments.get(0), ChildSpec.ofTerm(arguments.get(1)), ref);
                case RELEASE -> release((String) arguments.get(0), ref, request);
                case MOVE -> move((String) arguments.get(0), (String) arguments.get(1), ref, request);
                case DEFAULTS -> {
                    SupervisorSpec next = children.spec().defaults(ChildSpec.ofTerm(arguments.get(0)));
                    next.check();
                    children.respecify(next);
                    callers.reply(ref, null);
                }
                case UPDATE -> {
                    new Update(supervision).to(SupervisorSpec.ofTerm(arguments.get(0)));
                    supervision.whenIdle(ref);
                }
                default ->
                    throw new IllegalArgumentException(
                            "Supervisor '" + supervision.name() + "' knows no '" + name + "'");
            }
        } catch (SupervisorException | IllegalArgumentException refused) {
            callers.fail(ref, refused);
        }
    }

    SupervisorException shuttingDown() {
        return new SupervisorException(
                SHUTTING_DOWN,
                null,
                null,
                "Supervisor '" + supervision.name() + "' is about to end. Ask the next one.");
    }

    private void start(ChildSpec spec, long ref, Tuple request) {
        notSimple("takes no children of other specifications. Use startWith");
        check(spec);
        Child there = children.get(spec.id());
        if (there != null && Supervision.isBusy(there)) {
            supervision.park(there, request);
            return;
        }
        if (there != null) {
            throw taken(spec.id(), there.pid, there.stage.shown);
        }
        Child child = new Child(spec.id(), spec, children.nextPlace(), Stage.NEW);
        if (!children.add(child)) {
            Tuple row = children.row(spec.id());
            throw taken(
                    spec.id(),
                    row == null ? null : (Pid) row.get(ChildrenTable.PID),
                    row == null ? ChildInfo.State.DOWN : shown(row));
        }
        callers.awaitStart(child.key, ref);
        supervision.starts.start(child, Stage.NEW);
    }

    private void check(ChildSpec spec) {
        if (spec.id() == null) {
            throw new SupervisorException(
                    BAD_SPEC, null, null, "A child of '" + supervision.name() + "' must have an id: " + spec);
        }
        children.whole(spec).check(children.spec().autoShutdown());
    }

    private SupervisorException taken(String id, @Nullable Pid pid, ChildInfo.State state) {
        return state == ChildInfo.State.DOWN
                ? refusal(
                        ALREADY_PRESENT, id, null, "is there already and does not run. Restart it, or delete it first")
                : refusal(ALREADY_STARTED, id, pid, "is there already. Choose another id, or terminate that one");
    }

    private void startWith(@Nullable Object argument, long ref) {
        if (!children.simple()) {
            throw new SupervisorException(
                    SIMPLE_ONE_FOR_ONE,
                    null,
                    null,
                    "Supervisor '" + supervision.name()
                            + "' is not simple-one-for-one. Use start, with a specification.");
        }
        long place = children.nextPlace();
        Child child = new Child(
                supervision.self.newPid().number(),
                argument == null ? Children.NOTHING_MORE : ChildSpec.defaults().argument(argument),
                place,
                Stage.NEW);
        children.add(child);
        callers.awaitStart(child.key, ref);
        supervision.starts.start(child, Stage.NEW);
    }

    private void restart(String id, long ref, Tuple request) {
        notSimple("cannot restart a child");
        Child child = mine(id);
        if (Supervision.isBusy(child)) {
            supervision.park(child, request);
            return;
        }
        switch (child.stage.shown) {
            case DOWN -> {
                callers.awaitStart(id, ref);
                supervision.starts.start(child, Stage.MANUAL);
            }
            case RESTARTING -> throw restarting(id);
            default -> throw running(child, "Terminate it first");
        }
    }

    private void terminate(Object which, Stage then, long ref, Tuple request) {
        Child child;
        if (which instanceof Pid pid) {
            child = children.byPid(pid);
            if (child == null) {
                throw refusal(NOT_FOUND, null, pid, "is none of its children");
            }
        } else {
            notSimple("cannot tell children by an id. Use the pid");
            child = mine((String) which);
        }
        if (child.stage == Stage.MOVING) {
            supervision.park(child, request);
        } else if (child.stage.stopping()) {
            callers.awaitStop(child.key, ref);
            if (then == Stage.GOING || child.stage == Stage.TURNING) {
                children.change(child, then, child.pid, child.time);
            }
        } else if (child.pid != null) {
            callers.awaitStop(child.key, ref);
            supervision.stops.stop(child, then);
        } else {
            callers.awaitStop(child.key, ref);
            if (then == Stage.GOING || children.whole(child).restart() == Restart.TEMPORARY) {
                supervision.exits.gone(child, ExitReason.KILLED);
            } else {
                supervision.exits.down(child, ExitReason.KILLED);
            }
        }
    }

    private void delete(String id, long ref, Tuple request) {
        notSimple("cannot tell children by an id");
        Child child = mine(id);
        if (Supervision.isBusy(child)) {
            supervision.park(child, request);
            return;
        }
        switch (child.stage.shown) {
            case DOWN -> {
                children.remove(child);
                callers.reply(ref, null);
            }
            case RESTARTING -> throw restarting(id);
            default -> throw running(child, "Terminate it first");
        }
    }

    private void adopt(Pid pid, ChildSpec spec, long ref) {
        notSimple("cannot adopt");
        check(spec);
        if (pid.equals(supervision.self.pid()) || !supervision.self.processes().isAlive(pid)) {
            throw refusal(NO_PROCESS, spec.id(), pid, "cannot be adopted: there is no such process, or it is this one");
        }
        Child same = children.byPid(pid);
        if (same != null) {
            throw refusal(ALREADY_STARTED, same.id(), pid, "is that process already");
        }
        Child there = children.get(spec.id());
        if (there != null) {
            throw taken(spec.id(), there.pid, there.stage.shown);
        }
        Child child = new Child(spec.id(), spec, children.nextPlace(), Stage.RUNNING);
        child.pid = pid;
        if (!children.add(child)) {
            throw refusal(ALREADY_PRESENT, spec.id(), null, "is there already, with another supervisor");
        }
        supervision.self.monitor(pid);
        supervision.events.adopted(supervision.name(), child);
        callers.reply(ref, null);
    }

    private void release(String id, long ref, Tuple request) {
        notSimple("cannot tell children by an id");
        Child child = mine(id);
        if (Supervision.isBusy(child)) {
            supervision.park(child, request);
            return;
        }
        if (child.stage.shown != ChildInfo.State.RUNNING) {
            throw refusal(NO_PROCESS, id, null, "does not run");
        }
        Pid pid = child.pid;
        children.remove(child);
        callers.reply(ref, pid);
    }

    private void move(String id, String to, long ref, Tuple request) {
        notSimple("cannot tell children by an id");
        Child child = mine(id);
        if (Supervision.isBusy(child)) {
            supervision.park(child, request);
            return;
        }
        if (child.stage.shown != ChildInfo.State.RUNNING) {
            throw refusal(NO_PROCESS, id, null, "does not run");
        }
        supervision.moves().begin(child, to, ref);
    }

    /** @throws SupervisorException if there is no such child, or it is another supervisor's */
    private Child mine(String id) {
        Child child = children.get(id);
        if (child == null) {
            child = supervision.sharing().ownerless(id);
        }
        if (child == null) {
            Tuple row = children.row(id);
            if (row != null) {
                throw refusal(
                        NOT_PARENT,
                        id,
                        null,
                        "belongs to supervisor " + row.get(ChildrenTable.SUPERVISOR)
                                + ", which shares the table. Ask that one");
            }
            throw refusal(NOT_FOUND, id, null, "is none of its children");
        }
        return child;
    }

    private void notSimple(String what) {
        if (children.simple()) {
            throw new SupervisorException(
                    SIMPLE_ONE_FOR_ONE,
                    null,
                    null,
                    "Supervisor '" + supervision.name() + "' is simple-one-for-one and " + what + ".");
        }
    }

    private SupervisorException running(Child child, String instead) {
        return refusal(RUNNING, child.id(), child.pid, "runs. " + instead);
    }

    private SupervisorException restarting(String id) {
        return refusal(RESTARTING, id, null, "waits to be restarted. Terminate it to give that up");
    }

    private SupervisorException refusal(
            SupervisorException.Problem problem, @Nullable String id, @Nullable Pid pid, String what) {
        return new SupervisorException(
                problem,
                id,
                pid,
                "Of supervisor '" + supervision.name() + "', " + (id == null ? "process " + pid : "child '" + id + "'")
                        + " " + what + ".");
    }

    private static ChildInfo.State shown(Tuple row) {
        return ChildInfo.State.valueOf(row.getString(ChildrenTable.STATE).toUpperCase(java.util.Locale.ROOT));
    }
}
