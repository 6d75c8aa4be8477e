// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Before;

/** A test of supervisors, whose children are members of a {@link Crew}. */
public abstract class SupervisorTest extends ContainerTest {
    final Crew crew = new Crew(bench);

    @Before
    public void openCrew() throws Exception {
        crew.open();
    }

    /** Starts it, with nobody to look after it. */
    final Supervisor start(SupervisorSpec spec) {
        bench.processes().spawn(spec.process());
        return bench.supervisor(spec.name());
    }

    final void kill(Pid pid) {
        bench.processes().exit(pid, ExitReason.KILLED);
    }

    final boolean alive(Pid pid) {
        return bench.processes().isAlive(pid);
    }

    /** Why the process ends, as soon as it has. */
    final ExitReason end(Pid pid, Runnable cause) {
        var exited = bench.processes().exited(pid);
        cause.run();
        return Wait.result(exited);
    }

    static SupervisorException.Problem refusal(ThrowingCallable call) {
        return catchThrowableOfType(SupervisorException.class, call).problem();
    }

    static Pid pid(Supervisor supervisor, String id) {
        return supervisor.pid(id).orElseThrow();
    }

    static State state(Supervisor supervisor, String id) {
        return supervisor.children().stream()
                .filter(child -> id.equals(child.id()))
                .map(ChildInfo::state)
                .findFirst()
                .orElseThrow();
    }

    static void untilState(Supervisor supervisor, String id, State state) {
        Wait.until(id + " is " + state, () -> state(supervisor, id) == state);
    }

    /** The process that follows that one, as soon as it runs. */
    static Pid follower(Supervisor supervisor, String id, Pid before) {
        AtomicReference<Pid> now = new AtomicReference<>();
        Wait.until("another process of " + id + " runs", () -> {
            supervisor.children().stream()
                    .filter(child -> id.equals(child.id()) && child.state() == State.RUNNING)
                    .forEach(child -> now.set(child.pid()));
            return now.get() != null && !now.get().equals(before);
        });
        return now.get();
    }
}
