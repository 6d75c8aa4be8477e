// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Tuple;

/** Following a changed specification: only what is not the same is touched. */
final class Update {
    /** Of casts to a supervisor: {@code {UPDATE, specification}}. */
    static final String UPDATE = "update";

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
        List<ChildSpec> wholeBefore = new ArrayList<>();
        for (Child child : children.all()) {
            wholeBefore.add(children.whole(child));
        }
        List<Child> all = List.copyOf(children.all());
        children.respecify(next);
        if (children.simple()) {
            return; // Children have it at their next start.
        }
        Set<String> kept = new HashSet<>();
        next.children().forEach(spec -> kept.add(spec.id()));
        for (ChildSpec gone : before.children()) {
            Child child = children.get(gone.id());
            if (child != null && !kept.contains(gone.id())) {
                remove(child);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Child child = all.get(i);
            if (children.get(child.key) == child && child.stage != Stage.GOING) {
                ChildSpec declared = next.children().stream()
                        .filter(spec -> child.key.equals(spec.id()))
                        .findFirst()
                        .orElse(child.spec);
                replace(child, declared, wholeBefore.get(i));
            }
        }
        List<Child> order = new ArrayList<>();
        for (ChildSpec spec : next.children()) {
            Child child = children.get(spec.id());
            if (child == null) {
                child = new Child(spec.id(), spec, children.nextPlace(), Stage.PENDING);
                if (!children.add(child)) {
                    continue; // With another supervisor that shares the table.
                }
            }
            order.add(child);
        }
        children.order(order);
    }

    /** One child is declared, or declared otherwise. */
    void declare(ChildSpec spec) {
        children.whole(spec).check(children.spec().autoShutdown());
        Child child = children.get(spec.id());
        if (child == null) {
            children.add(new Child(spec.id(), spec, children.nextPlace(), Stage.PENDING));
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
        children.respecify(child, spec);
        ProcessSpec before = wholeBefore.process();
        ProcessSpec after = children.whole(child).process();
        if (before.equals(after) || child.pid == null) {
            return;
        }
        if (before.module().equals(Supervisor.MODULE)
                && after.module().equals(Supervisor.MODULE)
                && SupervisorSpec.ofTerm(before.argument())
                        .name()
                        .equals(SupervisorSpec.ofTerm(after.argument()).name())) {
            supervision.self.processes().cast(child.pid, Tuple.of(UPDATE, after.argument()));
        } else if (child.stage == Stage.RUNNING || child.stage.starting()) {
            children.change(child, Stage.CYCLING, child.pid);
        }
    }
}
