// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.HashMap;
import java.util.Map;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.FencedException;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting children. */
final class Starts {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final Supervision supervision;
    private final Children children;
    private final Self self;

    Starts(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
        this.self = supervision.self;
    }

    /** Starts a child that has no process. */
    void start(Child child, Stage stage) {
        Pid pid = self.newPid();
        children.change(child, stage, pid);
        ChildSpec whole = children.whole(child);
        spawn(child, pid, whole.process(), supervision.rollout.version(whole));
    }

    private void spawn(Child child, Pid pid, ProcessSpec process, @Nullable Version version) {
        try {
            self.spawn(pid, unique(child, process, pid), version);
        } catch (FencedException over) {
            throw over;
        } catch (RuntimeException refused) {
            // By a message: if it is restarted at once and refused again, there must be an end to it.
            supervision.toSelf(Supervision.exit(pid, ExitReason.Crashed.of(refused), Clock.now()));
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
        supervision.unlessLost(() -> children.change(child, Stage.RUNNING, pid));
        if (again) {
            supervision.events.restarted(supervision.name(), child);
        } else {
            supervision.events.started(supervision.name(), child);
        }
        supervision.callers.started(child, pid);
        supervision.settled(child);
        supervision.rollout.started(child);
    }

    /** A child's process waits for its module, and nobody for the child. */
    void awaiting(Pid pid) {
        Child child = children.byPid(pid);
        if (child == null || !child.stage.starting()) {
            return;
        }
        supervision.unlessLost(() -> children.change(child, Stage.AWAITING, pid));
        supervision.events.waiting(supervision.name(), child, "its module");
        supervision.callers.started(child, pid);
        supervision.settled(child);
    }

    /**
     * A supervisor that was not able to stop its children leaves them behind. If no other one will take them up, one is
     * started that has nothing to do but to stop them. Returns whether it was, as this child's process.
     */
    boolean sweep(Child child, ExitReason reason, Stage stage) {
        ProcessSpec process = children.whole(child).process();
        if (!isOurs(process) || reason.expected()) {
            return false;
        }
        SupervisorSpec left = SupervisorSpec.ofTerm(process.argument());
        if (left.shared() || self.tables().find(left.table()).isEmpty()) {
            return false;
        }
        log.warn("{} of '{}' has left children behind, which are stopped now", child, supervision.name());
        Pid pid = self.newPid();
        children.change(child, stage, pid);
        spawn(child, pid, process.argument(with(process.argument(), Supervision.SWEEP, true)), null);
        return true;
    }
}
