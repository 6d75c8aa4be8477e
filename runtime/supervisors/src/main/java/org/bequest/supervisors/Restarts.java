// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.supervisor.ChildExit;
import org.bequest.supervisor.CustomPlan;
import org.bequest.supervisor.Decision;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting again, by the rules or by a plan. */
final class Restarts {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final Supervision supervision;
    private final Children children;
    private final Self self;
    private final Plans plans;

    Restarts(Supervision supervision, Plans plans) {
        this.supervision = supervision;
        this.children = supervision.children;
        this.self = supervision.self;
        this.plans = plans;
    }

    /** By OTP's rules: if it was not too often. */
    void countedRestart(Child child, ExitReason reason) {
        if (children.spec().intensity() == SupervisorSpec.UNLIMITED || isInTime()) {
            restart(child);
            return;
        }
        log.error(
                "'{}' gives up: more than {} restarts within {} ms, the last of {} which ended with {}",
                supervision.name(),
                children.spec().intensity(),
                Clock.millis(children.spec().period()),
                child,
                reason);
        supervision.events.gaveUp(supervision.name(), child);
        supervision.stops.end(ExitReason.SHUTDOWN);
        supervision.exits.down(child, reason);
    }

    private boolean isInTime() {
        boolean allowed = children.header.countRestart();
        children.saveHeader();
        return allowed;
    }

    private void restart(Child child) {
        if (!supervision.grouped()) {
            supervision.starts.start(child, Stage.AUTO);
            return;
        }
        for (Child other : List.copyOf(children.all())) {
            if (other != child && (children.strategy() == Strategy.ONE_FOR_ALL || other.place > child.place)) {
                if (other.pid != null) {
                    children.change(other, Stage.CYCLING, other.pid);
                } else {
                    children.change(other, Stage.PENDING, null);
                    supervision.settled(other);
                }
            }
        }
        children.change(child, Stage.PENDING, null);
    }

    /** The time has come. */
    void due(Object key) {
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
                    supervision.name(),
                    CustomPlan.LIMIT.toMillis());
            countedRestart(child, ExitReason.NO_PROCESS);
        } else if (children.whole(child).plan() == null) {
            countedRestart(child, child.failure == null ? ExitReason.NO_PROCESS : child.failure);
        } else {
            restart(child);
        }
    }

    /** Sees to it that what is due is done. */
    void remind(Child child) {
        if (child.time != Clock.NEVER) {
            self.sendAfter(Clock.until(child.time), Tuple.of(Supervision.DUE, child.key));
        }
    }

    // Plans

    /** Has the plan say what becomes of a child that has ended. */
    void decide(Child child, RestartPlan plan, ExitReason reason) {
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
        Duration uptime = Duration.ofMillis(Math.max(0, child.ended - child.since));
        return new ChildExit(child.id(), child.pid, reason, child.restarts, child.streak, uptime);
    }

    /** A plugin has said what becomes of a child, or has failed to. */
    void decided(Tuple answer) {
        Tuple asked = answer.getTuple(1);
        Child child = children.get(asked.get(0));
        if (child == null || child.stage != Stage.DECIDING || child.restarts != asked.getLong(1)) {
            return; // too late
        }
        ExitReason reason = Reasons.ofTerm(asked.getTuple(2));
        if (answer.get(2) == null) {
            log.error("The plan for {} of '{}' failed: it is restarted. {}", child, supervision.name(), answer.get(3));
            countedRestart(child, reason);
        } else {
            child.ended = Clock.now(); // how long the plugin takes is not in its plan
            apply(child, RestartPlan.ofTerm(answer.get(2)), reason);
        }
    }

    private void apply(Child child, RestartPlan plan, ExitReason reason) {
        Decision decision = plan.decide(exitOf(child, reason), ThreadLocalRandom.current()::nextDouble);
        if (decision instanceof Decision.Restart) {
            restart(child);
        } else if (decision instanceof Decision.RestartAfter after) {
            children.change(child, Stage.DUE, null, Clock.after(child.ended, after.delay()));
            remind(child);
            supervision.settled(child);
        } else if (decision instanceof Decision.Wait) {
            supervision.events.waiting(supervision.name(), child, "somebody to restart it");
            supervision.exits.rest(child, reason);
        } else if (decision instanceof Decision.Delete) {
            supervision.exits.gone(child, reason);
        } else if (decision instanceof Decision.Stop stop) {
            supervision.events.gaveUp(supervision.name(), child);
            supervision.stops.end(stop.detail() == null ? reason : new ExitReason.Shutdown(stop.detail()));
            supervision.exits.down(child, reason);
        }
    }
}
