// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static org.bequest.supervisor.SupervisorException.Problem.START_FAILED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.supervisor.SupervisorException;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Those who wait until something has happened to a child. They are known by the numbers of their calls, which stay. */
final class Callers {
    private static final String START = "start";
    private static final String STOP = "stop";

    private final Self self;
    /** By child: {@code {START or STOP, ref}}. */
    private final Map<Object, List<Tuple>> waiting = new HashMap<>();

    Callers(Self self) {
        this.self = self;
    }

    void awaitStart(Object child, long ref) {
        waiting.computeIfAbsent(child, any -> new ArrayList<>(1)).add(Tuple.of(START, ref));
    }

    void awaitStop(Object child, long ref) {
        waiting.computeIfAbsent(child, any -> new ArrayList<>(1)).add(Tuple.of(STOP, ref));
    }

    void reply(long ref, @Nullable Object value) {
        self.caller(ref).ifPresent(caller -> caller.reply(value));
    }

    void fail(long ref, RuntimeException failure) {
        self.caller(ref).ifPresent(caller -> caller.fail(failure));
    }

    /** The child has a process now, or asked to be ignored. */
    void started(Child child, @Nullable Pid pid) {
        for (Tuple one : taken(child)) {
            reply(one.getLong(1), one.getString(0).equals(START) ? Optional.ofNullable(pid) : null);
        }
    }

    /** The child has no process now. */
    void ended(Child child, ExitReason reason) {
        for (Tuple one : taken(child)) {
            if (one.getString(0).equals(STOP)) {
                reply(one.getLong(1), null);
            } else {
                fail(
                        one.getLong(1),
                        new SupervisorException(START_FAILED, child.id(), null, child + " failed to start: " + reason));
            }
        }
    }

    /** What was asked of the child cannot be. */
    void refused(Child child, RuntimeException failure) {
        taken(child).forEach(one -> fail(one.getLong(1), failure));
    }

    private List<Tuple> taken(Child child) {
        List<Tuple> taken = waiting.remove(child.key);
        return taken == null ? List.of() : taken;
    }

    /** For {@link #restore}. */
    List<Tuple> toTerm() {
        List<Tuple> all = new ArrayList<>();
        waiting.forEach((child, ones) -> all.add(Tuple.of(child, ones)));
        return all;
    }

    @SuppressWarnings("unchecked")
    void restore(List<Tuple> all) {
        all.forEach(one -> waiting.put(one.get(0), new ArrayList<>((List<Tuple>) one.get(1))));
    }
}
