// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.supervisor.ChildCount;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a supervisor and its children, and writes down what it sees as recordings do. What these have no words for makes a
 * look differ from all of them.
 */
final class Observer {
    /** Says that the supervisor is not at rest. */
    static final String BUSY = "busy";

    private final Processes processes;
    private final Happenings happenings;

    Observer(Processes processes, Happenings happenings) {
        this.processes = processes;
        this.happenings = happenings;
    }

    /**
     * What has happened to the children, and how all stands.
     *
     * @param result of the call that was made; null if none
     * @param gone a process whose exit the supervisor has to notice; null if none
     */
    Map<String, @Nullable Object> look(Subject supervisor, @Nullable Object result, @Nullable Pid gone) {
        ExitReason reason = supervisor.ended();
        if (reason != null) {
            return ended(reason, result);
        }
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        try {
            state(supervisor.service(), gone, state);
        } catch (RuntimeException e) {
            // It may be about to end, and then it has ended at the next look.
            state.put(BUSY, e.toString());
        }
        return whole(result, state);
    }

    /** The same, of a supervisor that has ended. */
    Map<String, @Nullable Object> ended(ExitReason reason, @Nullable Object result) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        state.put("terminated", Reasons.write(reason));
        addUnsupervised(Set.of(), state);
        return whole(result, state);
    }

    /** The events are read last: when the supervisor is at rest, there are no more. */
    private Map<String, @Nullable Object> whole(@Nullable Object result, Map<String, @Nullable Object> state) {
        Map<String, @Nullable Object> look = new LinkedHashMap<>();
        if (result != null) {
            look.put("result", result);
        }
        look.put(Recorded.EVENTS, happenings.events());
        look.putAll(state);
        return look;
    }

    private void state(Supervisor supervisor, @Nullable Pid gone, Map<String, @Nullable Object> state) {
        List<ChildInfo> children = supervisor.children();
        ChildCount count = supervisor.count();
        Set<Pid> supervised = new HashSet<>();
        List<List<String>> written = new ArrayList<>();
        boolean rest = true;
        for (ChildInfo child : children) {
            if (child.pid() != null) {
                supervised.add(child.pid());
            }
            written.add(List.of(name(child), state(child.state()), Fields.name(child.type())));
            rest &= child.state() == ChildInfo.State.RUNNING || child.state() == ChildInfo.State.DOWN;
        }
        state.put(Recorded.WHICH_CHILDREN, written);
        state.put("count_children", written(count));
        if (!rest || gone != null && supervised.contains(gone)) {
            state.put(BUSY, true);
        }
        addUnsupervised(supervised, state);
    }

    private void addUnsupervised(Set<Pid> supervised, Map<String, @Nullable Object> state) {
        List<String> others = happenings.pids().stream()
                .filter(pid -> !supervised.contains(pid) && processes.isAlive(pid))
                .map(happenings::child)
                .toList();
        if (!others.isEmpty()) {
            state.put("unsupervised", others);
        }
    }

    /** Its id; and who really is the process that it is said to have, if that is another child. */
    private String name(ChildInfo child) {
        String id = child.id();
        String runs = child.pid() == null ? id : happenings.child(child.pid());
        return id == null || id.equals(runs) ? String.valueOf(runs) : id + ", but runs " + runs;
    }

    private static String state(ChildInfo.State state) {
        return state == ChildInfo.State.DOWN ? "undefined" : Fields.name(state);
    }

    private static Map<String, Object> written(ChildCount count) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("specs", (long) count.specs());
        written.put("active", (long) count.active());
        written.put("supervisors", (long) count.supervisors());
        written.put("workers", (long) count.workers());
        return written;
    }
}
