// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.pooly;

import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.tuple;

import java.util.Map;
import java.util.Objects;
import org.bequest.match.Pattern;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.table.Access;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Lends workers, and takes them back from those who die; {@code Pooly.Server}. What it knows is in its table, where the next
 * server finds it if this one crashes.
 */
final class PoolServer implements Worker {
    static final String NAME = "pooly.server";

    static final String CHECK_OUT = "checkout";
    static final String CHECK_IN = "checkin";
    static final String STATUS = "status";

    private static final String WORKER_SUPERVISOR = "pooly.workers";
    private static final String START_WORKERS = "start workers";
    private static final Pattern IDLE = tuple(any(), null, null);

    private final Supervisor top;
    private final Map<Object, Supervisor> supervisors;
    private final Reports reports;
    // From the first call on:
    /** A row is {@code {worker, borrower, number of the borrower's monitor}}, without the latter two if the worker is idle. */
    private Table monitors;

    private long size;
    private @Nullable Pid workerSupervisor;

    /** @param supervisors by the text of their pid */
    PoolServer(Supervisor top, Map<Object, Supervisor> supervisors, Reports reports) {
        this.top = top;
        this.supervisors = supervisors;
        this.reports = reports;
    }

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        open(self, argument);
        for (Tuple row : monitors) { // left by a server that has crashed
            self.monitor((Pid) row.get(0));
            if (row.get(1) instanceof Pid borrower) {
                monitors.insert(row.with(2, self.monitor(borrower)));
            }
        }
        self.processes().cast(self.pid(), START_WORKERS);
    }

    /** Other code for the same process, whose monitors have stayed. */
    @Override
    public void onResume(Self self, Handover handover) {
        open(self, handover.argument());
    }

    private void open(Self self, @Nullable Object argument) {
        size = (Long) Objects.requireNonNull(argument);
        TableSpec spec = TableSpec.of("pooly.monitors").type(TableType.ORDERED_SET);
        monitors = self.tables().claim(spec.access(Access.PRIVATE));
    }

    @Override
    public void onCast(Self self, Object startWorkers) {
        fill(self);
        reports.add("The server has started: " + status());
    }

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        Tuple order = request instanceof Tuple tuple ? tuple : Tuple.of(request);
        if (order.equals(Tuple.of(STATUS))) {
            caller.reply(status());
        } else if (order.size() == 2 && CHECK_OUT.equals(order.get(0)) && order.get(1) instanceof Pid borrower) {
            checkOut(self, borrower, caller);
        } else if (order.size() == 2 && CHECK_IN.equals(order.get(0)) && order.get(1) instanceof Pid worker) {
            checkIn(self, worker, caller);
        } else {
            caller.fail("Send {\"checkout\", Borrower}, {\"checkin\", Worker} or \"status\"");
        }
    }

    private void checkOut(Self self, Pid borrower, Caller caller) {
        monitors.matchObject(IDLE).stream()
                .findFirst()
                .ifPresentOrElse(
                        idle -> {
                            Object worker = idle.get(0);
                            monitors.insert(Tuple.of(worker, borrower, self.monitor(borrower)));
                            caller.reply(worker);
                        },
                        () -> caller.fail("No worker is idle just now"));
    }

    private void checkIn(Self self, Pid worker, Caller caller) {
        Tuple row = monitors.get(worker);
        if (row == null || row.get(1) == null) {
            caller.fail("Process " + worker + " is no worker that is checked out");
            return;
        }
        self.demonitor(row.getLong(2));
        giveBack(worker);
        caller.reply(null);
    }

    private void giveBack(Object worker) {
        monitors.insert(Tuple.of(worker, null, null));
    }

    private String status() {
        int idle = monitors.matchObject(IDLE).size();
        return idle + " idle, " + (monitors.size() - idle) + " checked out";
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        if (signal instanceof Signal.Down down) {
            for (Tuple worker : monitors.take(down.pid())) {
                if (worker.get(2) instanceof Long monitor) {
                    self.demonitor(monitor);
                }
                reports.add("Worker " + down.pid() + " has ended");
            }
            for (Tuple worker : monitors.matchObject(tuple(any(), down.pid(), down.monitor()))) {
                giveBack(worker.get(0));
                reports.add("Consumer " + down.pid() + " has ended: worker " + worker.get(0) + " is idle again");
            }
            if (down.pid().equals(workerSupervisor)) {
                reports.add("The worker supervisor has ended");
            }
            fill(self);
        }
    }

    /** Has as many workers as there are to be, and somebody who looks after them. */
    private void fill(Self self) {
        try {
            Pid supervisor = startWorkerSupervisor();
            if (!supervisor.equals(workerSupervisor)) {
                self.monitor(supervisor);
                workerSupervisor = supervisor;
            }
            while (monitors.size() < size) {
                Pid worker =
                        supervisors.get(supervisor.toString()).startWith(null).orElseThrow();
                self.monitor(worker);
                giveBack(worker);
            }
        } catch (SupervisorException refused) {
            if (refused.problem() != SupervisorException.Problem.SHUTTING_DOWN) {
                throw refused;
            }
            self.exit(ExitReason.SHUTDOWN); // so is all of the pool
        }
    }

    private Pid startWorkerSupervisor() {
        try {
            return top.start(WorkerSupervisor.named(WORKER_SUPERVISOR)).orElseThrow();
        } catch (SupervisorException refused) {
            if (refused.problem() != SupervisorException.Problem.ALREADY_STARTED || refused.pid() == null) {
                throw refused;
            }
            return refused.pid();
        }
    }
}
