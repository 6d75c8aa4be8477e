// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Following a changed specification: only what is not the same is touched. */
final class Update {
    /* How it works. What the specification was before is written down with the new one, and forgotten when all is done. What
     * is done in between can be done again: so whoever finds it written down does all of it. That is also how a supervisor
     * begins, which was one without children before. */

    /** Of casts to a supervisor: {@code {UPDATE, specification}}. */
    static final String UPDATE = "update";

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final Supervision supervision;
    private final Children children;

    Update(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
    }

    /** @throws SupervisorException if it cannot be; then nothing has changed */
    void to(SupervisorSpec next) {
        SupervisorSpec before = children.spec();
        next.check();
        if (!next.name().equals(before.name())
                || !next.table().equals(before.table())
                || (next.strategy() == Strategy.SIMPLE_ONE_FOR_ONE) != children.simple()) {
            throw new SupervisorException(
                    BAD_SPEC,
                    null,
                    null,
                    "Supervisor '" + before.name() + "' cannot become " + next
                            + ": name and table must stay, and it is simple-one-for-one for ever or never. Start another one.");
        }
        children.header.before = before;
        children.respecify(next);
        goOn();
    }

    /** Does what is left to do. */
    void goOn() {
        SupervisorSpec before = children.header.before;
        if (before == null) {
            return;
        }
        if (!children.simple()) { // whose children have it at their next start
            follow(before, children.spec());
        }
        children.header.before = null;
        children.saveHeader();
    }

    private void follow(SupervisorSpec before, SupervisorSpec next) {
        Map<Object, ChildSpec> declared = new HashMap<>();
        next.children().forEach(spec -> declared.put(spec.id(), spec));
        for (ChildSpec gone : before.children()) {
            Child child = children.get(gone.id());
            if (child != null && !declared.containsKey(gone.id())) {
                supervision.unlessLost(() -> remove(child));
            }
        }
        for (Child child : List.copyOf(children.all())) {
            if (declared.containsKey(child.key) || child.stage != Stage.GOING) {
                ChildSpec spec = declared.getOrDefault(child.key, child.spec);
                supervision.unlessLost(() -> replace(child, spec, before.complete(child.spec)));
            }
        }
        List<Child> order = new ArrayList<>();
        for (ChildSpec spec : next.children()) {
            if (add(spec)) {
                order.add(children.get(spec.id()));
            }
        }
        supervision.unlessLost(() -> children.order(order));
    }

    /** Adds a child, unless it is there. Returns false if it is another supervisor's. */
    private boolean add(ChildSpec spec) {
        if (children.get(spec.id()) == null
                && !children.add(new Child(spec.id(), spec, children.nextPlace(), Stage.PENDING))) {
            log.info("Child '{}' of '{}' is there already, with another supervisor", spec.id(), supervision.name());
            return false;
        }
        return true;
    }

    /** One child is declared, or declared otherwise. */
    void declare(ChildSpec spec) {
        children.whole(spec).check(children.spec().autoShutdown());
        Child child = children.get(spec.id());
        if (child == null) {
            add(spec);
        } else {
            replace(child, spec, children.whole(child));
        }
    }

    /** A child is not to be any more. */
    void remove(Child child) {
        if (child.stage.stopping()) {
            children.change(child, Stage.GOING, child.pid, child.time);
        } else if (child.pid != null) {
            supervision.stops.stop(child, Stage.GOING);
        } else {
            supervision.exits.gone(child, ExitReason.KILLED);
        }
    }

    private void replace(Child child, ChildSpec spec, ChildSpec wholeBefore) {
        ProcessSpec before = wholeBefore.process();
        ProcessSpec after = children.whole(spec).process();
        Stage stage = child.stage == Stage.GOING ? Stage.TURNING : child.stage;
        if (child.pid != null && !before.equals(after)) {
            if (isSameSupervisor(before, after)) {
                supervision.self.processes().cast(child.pid, Tuple.of(UPDATE, after.argument()));
            } else if (child.stage == Stage.RUNNING || child.stage.starting()) {
                stage = Stage.CYCLING;
            }
        }
        children.respecify(child, spec, stage);
    }

    private static boolean isSameSupervisor(ProcessSpec before, ProcessSpec after) {
        return before.module().equals(Supervisor.MODULE)
                && after.module().equals(Supervisor.MODULE)
                && SupervisorSpec.ofTerm(before.argument())
                        .name()
                        .equals(SupervisorSpec.ofTerm(after.argument()).name());
    }
}
