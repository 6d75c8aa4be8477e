// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.bequest.itests.container.kit.Bench;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;

/**
 * Workers with habits, that write a diary. A member's name is its argument, as text; by that name a test says what it does
 * when it starts. Unlike a puppet a member stops when it is told to, unless its habit is to trap exits. Any thread.
 */
final class Crew {
    static final String MODULE = "crew";

    private final Bench bench;
    private final Map<String, Habit> habits = new ConcurrentHashMap<>();
    private final List<String> diary = new CopyOnWriteArrayList<>();

    /** What a member does. */
    interface Habit {
        void of(Self self) throws Exception;
    }

    Crew(Bench bench) {
        this.bench = bench;
    }

    /** Offers the workers' module. */
    void open() throws Exception {
        bench.module(MODULE, Member::new, WorkerModule.BLOCKING, true);
    }

    /** A child whose member has its name. */
    static ChildSpec child(String id) {
        return ChildSpec.of(id, MODULE).argument(id);
    }

    /** What it does at its next starts. */
    void atStart(String name, Habit habit) {
        habits.put(name, habit);
    }

    /** It does not start. */
    void fails(String name) {
        atStart(name, self -> {
            throw new IllegalStateException(name + " does not want to");
        });
    }

    /** It starts only when the latch that is returned is open. */
    CountDownLatch waits(String name) {
        CountDownLatch gate = new CountDownLatch(1);
        atStart(name, self -> {
            diary.add("waiting " + name);
            gate.await();
        });
        return gate;
    }

    /** It starts well again. */
    void behaves(String name) {
        habits.remove(name);
    }

    void crash(Pid pid) {
        tell(pid, self -> {
            throw new IllegalStateException("as asked");
        });
    }

    /** Ends it with that reason, by itself. */
    void leave(Pid pid, ExitReason reason) {
        tell(pid, self -> self.exit(reason));
    }

    void tell(Pid pid, Habit order) {
        bench.processes().cast(pid, order);
    }

    /** The argument that it was started with. */
    Object argument(Pid pid) {
        return bench.processes().call(pid, "argument", Wait.LIMIT);
    }

    /** What was written: {@code started NAME}, {@code stopped NAME}, in order. */
    List<String> diary() {
        return List.copyOf(diary);
    }

    private final class Member implements Worker {
        private Object argument = "";

        @Override
        public void onStart(Self self, Object given) throws Exception {
            argument = given == null ? "nothing" : given;
            Habit habit = habits.get(argument.toString());
            if (habit != null) {
                habit.of(self);
            }
            diary.add("started " + argument);
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(argument);
        }

        @Override
        public void onCast(Self self, Object message) throws Exception {
            ((Habit) message).of(self);
        }

        @Override
        public void onStop(Self self, ExitReason reason) {
            diary.add("stopped " + argument);
        }
    }
}
