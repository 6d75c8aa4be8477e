// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.term.Pid;

/** Processes of Bequest. */
final class BequestActors implements Actors {
    private static final String SINK = "bench.sink";
    private static final String ECHO = "bench.echo";
    private static final String CALLER = "bench.caller";
    private static final String MEMBER = "bench.member";
    private static final String IDLE = "bench.idle";

    private final Gate done = new Gate();
    private final Bequest bequest = Bequest.start();
    private final Processes processes = bequest.processes;
    private final Pid sink;
    private final Pid echo;
    private final Pid caller;
    private List<Pid> ring = List.of();

    BequestActors() throws Exception {
        bequest.offer(SINK, Sink::new);
        bequest.offer(ECHO, Echo::new);
        bequest.offer(CALLER, CallingWorker::new);
        bequest.offer(MEMBER, Member::new);
        bequest.offer(IDLE, Idle::new);
        sink = processes.spawn(ProcessSpec.of(SINK));
        echo = processes.spawn(ProcessSpec.of(ECHO));
        caller = processes.spawn(ProcessSpec.of(CALLER));
    }

    @Override
    public void tell(int messages) {
        for (int i = 1; i < messages; i++) {
            processes.cast(sink, "more");
        }
        processes.cast(sink, "last");
        done.pass();
    }

    @Override
    public void call() {
        processes.call(echo, "request", Bequest.PATIENCE);
    }

    @Override
    public void callBetween(int calls) {
        processes.cast(caller, calls);
        done.pass();
    }

    @Override
    public void formRing(int size) {
        List<Pid> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(processes.spawn(ProcessSpec.of(MEMBER)));
        }
        for (int i = 0; i < size; i++) {
            processes.cast(members.get(i), members.get((i + 1) % size));
        }
        ring = members;
    }

    @Override
    public void runRing(int hops) {
        processes.cast(ring.get(0), hops);
        done.pass();
    }

    @Override
    public Object spawn() {
        return processes.spawn(ProcessSpec.of(IDLE));
    }

    @Override
    public void end(Object process) {
        processes.exit((Pid) process, ExitReason.SHUTDOWN);
        bequest.awaitEnd((Pid) process);
    }

    @Override
    public void close() {
        bequest.close();
    }

    private static final class Idle implements Worker {}

    private final class Sink implements Worker {
        @Override
        public void onCast(Self self, Object message) {
            if (message.equals("last")) {
                done.open();
            }
        }
    }

    private static final class Echo implements Worker {
        @Override
        public void onCall(Self self, Object request, Caller from) {
            from.reply(request);
        }
    }

    private final class CallingWorker implements Worker {
        @Override
        public void onCast(Self self, Object calls) {
            for (int i = 0; i < (Integer) calls; i++) {
                self.processes().call(echo, "request", Bequest.PATIENCE);
            }
            done.open();
        }
    }

    /** First told who is next. */
    private final class Member implements Worker {
        private Pid next = sink;

        @Override
        public void onCast(Self self, Object message) {
            if (message instanceof Pid pid) {
                next = pid;
            } else if (message.equals(0)) {
                done.open();
            } else {
                self.processes().cast(next, (Integer) message - 1);
            }
        }
    }
}
