// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bequest.itests.conformance.MalformedException;
import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildType;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.SupervisorSpec;

/** How recordings write a supervisor and its children. Each child's script is ready when its specification is. */
final class Specifications implements AutoCloseable {
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final Supervisors suite;
    private final Happenings happenings;
    private final List<Long> scripts = new ArrayList<>();

    Specifications(Supervisors suite, Happenings happenings) {
        this.suite = suite;
        this.happenings = happenings;
    }

    SupervisorSpec supervisor(String name, Fields program) {
        Fields flags = program.object("flags");
        try {
            return SupervisorSpec.of(name)
                    .strategy(flags.oneOf(Strategy.class, "strategy"))
                    .intensity(flags.number("intensity"), Duration.ofSeconds(flags.number("period")))
                    .autoShutdown(flags.oneOf(AutoShutdown.class, "auto_shutdown"))
                    .children(program.list("children").stream()
                            .map(child -> child(new Fields(child)))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    ChildSpec child(Fields spec) {
        String id = spec.text("id");
        try {
            return ChildSpec.of(id, suite.moduleName())
                    .argument(script(id, spec.list("starts")))
                    .restart(spec.oneOf(Restart.class, "restart"))
                    .type(spec.oneOf(ChildType.class, "type"))
                    .significant(spec.flag("significant"))
                    .shutdown(SHUTDOWN);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    /** Returns what a child that acts by it has to have as its argument. */
    long script(String child, List<?> starts) {
        Script script = new Script(
                child,
                starts.stream()
                        .map(start -> Fields.oneOf(Script.Start.class, start))
                        .toList(),
                happenings);
        long number = suite.add(script);
        scripts.add(number);
        return number;
    }

    @Override
    public void close() {
        scripts.forEach(suite::remove);
    }
}
