// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** Supervisors of Bequest, through their service. */
final class BequestFamilies implements Families {
    private static final String CHILD = "bench.child";
    private static final String VICTIM = "bench.victim";

    private final Bequest bequest = Bequest.start("org.bequest.supervisors");
    private final AtomicInteger families = new AtomicInteger();
    private final Gate started = new Gate();
    private volatile @Nullable Pid victim;

    BequestFamilies() throws Exception {
        bequest.offer(CHILD, Child::new);
        bequest.offer(VICTIM, Victim::new);
    }

    @Override
    public Family start(boolean simple) throws Exception {
        String name = "bench-" + families.incrementAndGet();
        SupervisorSpec spec = SupervisorSpec.of(name)
                .strategy(simple ? Strategy.SIMPLE_ONE_FOR_ONE : Strategy.ONE_FOR_ONE)
                .intensity(SupervisorSpec.UNLIMITED, Duration.ofSeconds(1));
        ProcessSpec process = (simple ? spec.child(ChildSpec.of("child", CHILD)) : spec).process();
        bequest.processes.spawn(process);
        return new BequestFamily(
                bequest.service(Supervisor.class, "(" + WorkerModule.PROCESS + "=" + name + ")"), simple);
    }

    @Override
    public void close() {
        bequest.close();
    }

    private static final class Child implements Worker {}

    private final class Victim implements Worker {
        @Override
        public void onStart(Self self, @Nullable Object argument) {
            victim = self.pid();
            started.open();
        }
    }

    private final class BequestFamily implements Family {
        private final Supervisor supervisor;
        private final boolean simple;

        private BequestFamily(Supervisor supervisor, boolean simple) {
            this.supervisor = supervisor;
            this.simple = simple;
        }

        @Override
        public void startChild(int number) {
            if (simple) {
                supervisor.startWith(null);
            } else {
                supervisor.start(ChildSpec.of("child-" + number, CHILD));
            }
        }

        @Override
        public void startVictim() {
            supervisor.start(ChildSpec.of("victim", VICTIM));
            started.pass();
        }

        @Override
        public void crash() {
            bequest.processes.exit(victim, ExitReason.KILLED);
            started.pass();
        }

        @Override
        public void end() {
            Pid pid = supervisor.pid();
            bequest.processes.exit(pid, ExitReason.SHUTDOWN);
            bequest.awaitEnd(pid);
        }
    }
}
