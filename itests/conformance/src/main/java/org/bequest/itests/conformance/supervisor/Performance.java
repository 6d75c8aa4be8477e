// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.bequest.itests.conformance.Difference;
import org.bequest.itests.conformance.Execution;
import org.bequest.itests.conformance.Json;
import org.bequest.itests.conformance.MalformedException;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.process.StartFailedException;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A program that is run on a supervisor. */
final class Performance implements Execution {
    /* How it works. The children tell what happens to them, each event when it happens. What has come of a step is known when
     * the supervisor is at rest: it has noticed the exit, and no child is on its way up or down. It works in its own time, so
     * it is looked at again and again, until all is as recorded (and still is at the next look, which takes it one more
     * call) or can no longer become so, or the time is over. A supervisor that is busy never looks as recorded. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final String FAILED_TO_START = "failed_to_start_child";

    private final Supervisors suite;
    private final Processes processes;
    private final Fields program;
    private final boolean simple;
    private final Happenings happenings = new Happenings();
    private final Specifications specifications;
    private final Observer observer;

    /** Null if it did not start. */
    private @Nullable Subject supervisor;

    Performance(Supervisors suite, Fields program) {
        this.suite = suite;
        this.processes = suite.processes();
        this.program = program;
        this.specifications = new Specifications(suite, happenings);
        this.observer = new Observer(processes, happenings);
        this.simple = program.object("flags").oneOf(Strategy.class, "strategy") == Strategy.SIMPLE_ONE_FOR_ONE;
        program.text("id");
        program.list("steps");
    }

    @Override
    public String program() {
        return program.text("id");
    }

    @Override
    public List<?> operations() {
        return program.list("steps");
    }

    @Override
    public @Nullable Difference start() {
        Recorded recorded = new Recorded(program.object("start"), simple);
        SupervisorSpec spec = specifications.supervisor("conformance-" + UUID.randomUUID(), program);
        try {
            Subject started = Subject.start(spec, processes, suite.context());
            supervisor = started;
            return difference("start", recorded, () -> observer.look(started, Calls.OK, null));
        } catch (StartFailedException e) {
            return difference("start", recorded, () -> failed(e.reason()));
        }
    }

    private Map<String, @Nullable Object> failed(ExitReason reason) {
        return reason instanceof ExitReason.Shutdown shutdown
                        && shutdown.detail() instanceof Tuple why
                        && why.size() == 3
                        && FAILED_TO_START.equals(why.get(0))
                        && why.get(1) instanceof String child
                ? observer.ended(ExitReason.SHUTDOWN, Map.of(Calls.ERROR, FAILED_TO_START, Calls.CHILD, child))
                : observer.ended(reason, Map.of(Calls.ERROR, reason.toString()));
    }

    @Override
    public @Nullable Difference perform(@Nullable Object operation) {
        Fields step = new Fields(operation);
        Recorded recorded = new Recorded(step, simple);
        Fields act = step.object("do");
        Subject subject = supervisor;
        if (subject == null) {
            throw new MalformedException("A step after a start that failed: " + act);
        }
        Calls calls = new Calls(subject.service(), specifications, happenings);
        return difference(
                act.toString(),
                recorded,
                act.has("exit")
                        ? exit(act, subject, calls)
                        : act.has("stop") ? stop(act, subject) : call(act, subject, calls));
    }

    // Each reads all, then does what it says, and returns how to look at what comes of it.

    private Supplier<Map<String, @Nullable Object>> exit(Fields act, Subject subject, Calls calls) {
        String child = act.text("exit");
        ExitReason reason = Reasons.read(act.text("reason"));
        Pid pid = happenings.pid(child);
        if (pid == null) {
            throw new MalformedException("No child that has run: " + child);
        }
        CallDuringStart call =
                act.has("while_restarting") ? new CallDuringStart(calls.read(act.object("while_restarting"))) : null;
        happenings.begin(call);
        if (reason.equals(ExitReason.KILLED)) {
            processes.exit(pid, reason);
        } else {
            processes.cast(pid, reason);
        }
        return () -> observer.look(subject, call == null ? null : call.result(), pid);
    }

    private Supplier<Map<String, @Nullable Object>> stop(Fields act, Subject subject) {
        ExitReason reason = Reasons.read(act.text("stop"));
        happenings.begin(null);
        subject.stop(reason);
        return () -> observer.look(subject, null, null);
    }

    private Supplier<Map<String, @Nullable Object>> call(Fields act, Subject subject, Calls calls) {
        Supplier<Object> call = calls.read(act);
        happenings.begin(null);
        Object result = call.get();
        return () -> observer.look(subject, result, null);
    }

    private static @Nullable Difference difference(
            String operation, Recorded recorded, Supplier<Map<String, @Nullable Object>> look) {
        long begin = System.nanoTime();
        while (true) {
            Map<String, @Nullable Object> seen = look.get();
            if (recorded.isMetBy(seen)) {
                seen = look.get();
                if (recorded.isMetBy(seen)) {
                    return null;
                }
            }
            boolean hopeless = recorded.isLeftBy(seen) && !seen.containsKey(Observer.BUSY);
            if (hopeless || System.nanoTime() - begin > LIMIT_NANOS) {
                return new Difference(operation, recorded.toString(), Json.write(seen));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Nothing of the program stays. */
    @Override
    public void close() {
        if (supervisor != null) {
            supervisor.close();
        }
        happenings.pids().forEach(pid -> processes.exit(pid, ExitReason.KILLED));
        specifications.close();
    }
}
