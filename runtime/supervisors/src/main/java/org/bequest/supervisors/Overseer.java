// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.supervisor.ChildCount;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.NoSuchTableException;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The behaviour of a supervisor's process: what comes in, and to whom it goes. */
final class Overseer implements Worker, Supervisor {
    /* What is asked becomes a term, and its caller a number: both can be put off, and handed over to the next worker. */

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final Events events;
    private final Plans plans;

    // Set by the first call.
    private Self self;
    private Supervision supervision;
    private Children children;

    Overseer(Events events, Plans plans) {
        this.events = events;
        this.plans = plans;
    }

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        self.trapExits(true);
        self.holdStart();
        SupervisorSpec spec = SupervisorSpec.ofTerm(argument);
        spec.check();
        open(self, spec);
        supervision.begin();
        if (spec.toTerm().containsKey(Supervision.SWEEP)) {
            supervision.stops.end(ExitReason.SHUTDOWN);
        }
        supervision.advance();
    }

    @Override
    public void onResume(Self self, Handover handover) {
        open(self, SupervisorSpec.ofTerm(handover.argument()));
        supervision.resume(handover.state());
        supervision.advance();
    }

    private void open(Self self, SupervisorSpec spec) {
        this.self = self;
        children = Children.of(self, spec);
        supervision = new Supervision(self, children, events, plans);
    }

    @Override
    public @Nullable Object onSuspend(Self self) {
        return supervision.toTerm();
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        withTable(() -> signal(signal));
    }

    private void withTable(Runnable step) {
        try {
            step.run();
        } catch (NoSuchTableException gone) {
            supervision.tableIsGone(gone);
        }
    }

    private void signal(Signal signal) {
        if (signal instanceof Signal.Down down) {
            if (!supervision.sharing().ended(down.pid())) {
                supervision.put(Supervision.exit(
                        down.pid(), down.reason(), Clock.now() - self.waited().toMillis()));
            }
        } else if (signal instanceof Signal.Started started) {
            supervision.starts.started(started.pid());
        } else if (signal instanceof Signal.Awaiting awaiting) {
            supervision.starts.awaiting(awaiting.pid());
        } else if (signal instanceof Signal.Exited asked && !(asked.reason() instanceof ExitReason.Normal)) {
            supervision.stops.end(asked.reason());
        } else if (signal instanceof Signal.Offered offer) {
            supervision.rollout.offered(offer);
        } else if (signal instanceof Signal.Switched outcome) {
            supervision.rollout.switched(outcome);
        }
        supervision.advance();
    }

    /** Other versions of this bundle may have sent it. What is refused does not end the process. */
    @Override
    public void onCast(Self self, Object message) {
        if (!(message instanceof Tuple order) || order.size() == 0 || !(order.get(0) instanceof String)) {
            log.warn("'{}' passed over a message of {}, which is no order", supervision.name(), message.getClass());
            return;
        }
        withTable(() -> attempt(order));
    }

    private void attempt(Tuple order) {
        try {
            supervision.unlessLost(() -> cast(order));
        } catch (SupervisorException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | ClassCastException refused) {
            log.error("'{}' refuses {}, which changes nothing: {}", supervision.name(), order, refused.getMessage());
        }
        supervision.advance();
    }

    private void cast(Tuple order) {
        switch (order.getString(0)) {
            case Supervision.OVERDUE -> supervision.stops.overdue(order.get(1), (Pid) order.get(2));
            case Moves.TAKE -> supervision.moves().take(order);
            case Moves.TAKEN -> supervision.moves().answered(order);
            case Moves.AGAIN -> supervision.moves().again(order.get(1));
            case Sharing.JOINED -> supervision.sharing().joined((Pid) order.get(1));
            case Sharing.LEFT -> supervision.sharing().left(order.get(1));
            case Rollout.OBSERVED -> supervision.rollout.observed(order.getString(1), order.getString(2));
            case Declared.DECLARE -> supervision.declared().declare(ChildSpec.ofTerm(order.get(1)));
            case Declared.WITHDRAW -> supervision.declared().withdraw(order.getString(1), (Boolean) order.get(2));
            case Declared.WITHDRAWN -> supervision.declared().withdrawn(order.getString(1));
            case Update.UPDATE -> new Update(supervision).to(SupervisorSpec.ofTerm(order.get(1)));
            default -> supervision.put(order);
        }
    }

    // What is asked for takes time: the answer is sent when it is done

    private void ask(String name, @Nullable Object... arguments) {
        long ref = self.defer().ref();
        withTable(() -> supervision.put(
                Tuple.of(Supervision.REQUEST, name, Collections.unmodifiableList(Arrays.asList(arguments)), ref)));
    }

    @Override
    public Optional<Pid> start(ChildSpec child) {
        ask(Requests.START, child.toTerm());
        return Optional.empty();
    }

    @Override
    public Optional<Pid> startWith(@Nullable Object argument) {
        ask(Requests.START_WITH, argument);
        return Optional.empty();
    }

    @Override
    public Optional<Pid> restart(String id) {
        ask(Requests.RESTART, id);
        return Optional.empty();
    }

    @Override
    public void terminate(String id) {
        ask(Requests.TERMINATE, id);
    }

    @Override
    public void terminate(Pid child) {
        ask(Requests.TERMINATE, child);
    }

    @Override
    public void delete(String id) {
        ask(Requests.DELETE, id);
    }

    @Override
    public void terminateAndDelete(String id) {
        ask(Requests.TERMINATE_AND_DELETE, id);
    }

    @Override
    public void adopt(Pid process, ChildSpec child) {
        ask(Requests.ADOPT, process, child.toTerm());
    }

    @Override
    public Pid release(String id) {
        ask(Requests.RELEASE, id);
        return self.pid();
    }

    @Override
    public void move(String id, String supervisor) {
        ask(Requests.MOVE, id, supervisor);
    }

    @Override
    public void defaults(ChildSpec defaults) {
        ask(Requests.DEFAULTS, defaults.toTerm());
    }

    @Override
    public void update(SupervisorSpec spec) {
        ask(Requests.UPDATE, spec.toTerm());
    }

    // What is known is told at once

    @Override
    public SupervisorSpec spec() {
        return children.spec();
    }

    @Override
    public Pid pid() {
        return self.pid();
    }

    @Override
    public List<ChildInfo> children() {
        return table().children();
    }

    @Override
    public ChildCount count() {
        ChildCount count = table().count();
        return children.simple() ? new ChildCount(1, count.active(), count.supervisors(), count.workers()) : count;
    }

    @Override
    public ChildSpec spec(String id) {
        return children.whole(child(id));
    }

    @Override
    public ChildSpec spec(Pid pid) {
        Child child = children.byPid(pid);
        if (child == null) {
            throw notFound("process " + pid);
        }
        return children.whole(child);
    }

    @Override
    public Optional<Pid> pid(String id) {
        return Optional.ofNullable(child(id).pid);
    }

    @Override
    public Map<String, Pid> pids() {
        return table().pids();
    }

    @Override
    public Optional<Pid> anyPid() {
        return table().anyPid();
    }

    @Override
    public long restarts(String id) {
        return child(id).restarts;
    }

    private ChildrenTable table() {
        return ChildrenTable.of(self.tables(), children.spec().table());
    }

    private Child child(String id) {
        Child child = children.get(id);
        if (child == null) {
            Tuple row = children.row(id);
            if (row == null) {
                throw notFound("child '" + id + "'");
            }
            child = Child.ofRow(row); // of another supervisor, which shares the table
        }
        return child;
    }

    private SupervisorException notFound(String which) {
        return new SupervisorException(
                SupervisorException.Problem.NOT_FOUND,
                null,
                null,
                "Supervisor '" + supervision.name() + "' has no " + which + ". children() tells which it has.");
    }
}
