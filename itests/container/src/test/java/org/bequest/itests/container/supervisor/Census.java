// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bequest.itests.container.kit.Bench;
import org.bequest.process.Caller;
import org.bequest.process.ProcessInfo;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;

/**
 * Knows all children of a test: their workers, each of which has its child's id as its argument, register here when they
 * start. So it sees when a child is started while it lives. Any thread.
 */
final class Census {
    static final String MODULE = "member";
    /** A cast that makes a worker throw. */
    static final String CRASH = "crash";

    private final Bench bench;
    private final Processes processes;
    private final Map<String, Pid> latest = new ConcurrentHashMap<>();
    private final Map<String, Integer> starts = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final Queue<String> doubles = new ConcurrentLinkedQueue<>();

    Census(Bench bench) {
        this.bench = bench;
        this.processes = bench.processes();
    }

    /** Offers the workers' module. */
    Census open() throws Exception {
        bench.module(MODULE, Member::new);
        return this;
    }

    /** A child that is restarted at once, however often. */
    static ChildSpec child(String id) {
        return ChildSpec.of(id, MODULE)
                .argument(id)
                .plan(RestartPlan.immediately())
                .shutdown(Duration.ofSeconds(30));
    }

    private final class Member implements Worker {
        @Override
        public void onStart(Self self, Object argument) {
            register((String) argument, self.pid());
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(self.pid());
        }

        @Override
        public void onCast(Self self, Object message) {
            throw new IllegalStateException("as asked");
        }
    }

    private void register(String id, Pid pid) {
        latest.compute(id, (any, before) -> {
            // One that was killed meanwhile may come here late. No pid is given out twice, so if both are seen alive,
            // the one that was here before has been all the time.
            if (!processes.isAlive(pid)) {
                return before;
            }
            if (before != null && processes.isAlive(before)) {
                doubles.add("'" + id + "' was started as " + pid + " while it lived as " + before);
            }
            starts.merge(id, 1, Integer::sum);
            order.add(id);
            return pid;
        });
    }

    /** Starts of a child while it lived. */
    List<String> doubles() {
        return List.copyOf(doubles);
    }

    int starts(String id) {
        return starts.getOrDefault(id, 0);
    }

    /** Those that were started since this was last asked, in order. */
    List<String> started() {
        List<String> all = new ArrayList<>();
        for (String id = order.poll(); id != null; id = order.poll()) {
            all.add(id);
        }
        return all;
    }

    /**
     * What is wrong with the tables of children, if nothing goes on: rows that are not at rest, whose process is gone, or
     * which are not a living supervisor's; children that are in two tables; processes that are nobody's. Empty if all is well.
     */
    List<String> complaints(String... tables) {
        List<String> all = new ArrayList<>();
        Map<Object, String> tableOf = new HashMap<>();
        Map<Pid, Object> rowOf = new HashMap<>();
        for (String table : tables) {
            for (Tuple row : bench.tables().open(table).toList()) {
                Object key = row.get(ChildrenTable.KEY);
                Pid pid = (Pid) row.get(ChildrenTable.PID);
                Pid supervisor = (Pid) row.get(ChildrenTable.SUPERVISOR);
                if (supervisor == null || !processes.isAlive(supervisor)) {
                    all.add("nobody's: " + row);
                }
                if (key instanceof Tuple) {
                    continue;
                }
                String state = row.getString(ChildrenTable.STATE);
                if (tableOf.put(key, table) != null) {
                    all.add("in two tables: " + row);
                }
                if (state.equals("running") && processes.isAlive(pid)) {
                    rowOf.put(pid, key);
                } else if (!state.equals("down") || pid != null) {
                    all.add("not at rest: " + row);
                }
            }
        }
        for (ProcessInfo process : processes.list()) {
            if (process.module().equals(MODULE) && !rowOf.containsKey(process.pid())) {
                all.add("nobody's process: " + process + ", of " + latest);
            }
        }
        return all;
    }
}
