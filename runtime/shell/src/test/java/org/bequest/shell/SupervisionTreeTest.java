// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bequest.process.ProcessInfo;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SupervisionTreeTest {
    private static final Pid ROOT = new Pid(1, 1);
    private static final Pid APP = new Pid(1, 2);
    private static final Pid WORKER = new Pid(1, 3);
    private static final Pid ALONE = new Pid(1, 4);

    private static ProcessInfo supervisor(Pid pid, String name) {
        return new ProcessInfo(pid, Supervisor.MODULE, null, List.of(name), ProcessInfo.Status.WAITING, 0, 0);
    }

    private static Tuple child(String id, @Nullable Pid pid, String state, Pid of, long place, String module) {
        return Tuple.of(id, pid, state, of, 2L, place, "worker", List.of(module), "of no concern");
    }

    private static SupervisionTree tree(List<ProcessInfo> supervisors) {
        Map<String, List<Tuple>> children = Map.of(
                Supervisor.ROOT,
                List.of(child("app", APP, "running", ROOT, 1, Supervisor.MODULE)),
                "app",
                List.of(child("b", null, "down", APP, 2, "word"), child("a", WORKER, "running", APP, 1, "count")));
        return SupervisionTree.of(supervisors, (name, pid) -> children.getOrDefault(name, List.of()));
    }

    @Test
    void treeBeginsAtTheRoot_andThoseWhomNobodySupervisesComeAfterIt() {
        SupervisionTree tree =
                tree(List.of(supervisor(ALONE, "alone"), supervisor(APP, "app"), supervisor(ROOT, Supervisor.ROOT)));

        assertEquals(
                List.of(
                        "CHILD PID STATE RESTARTS MODULE",
                        "bequest.root " + ROOT + " waiting - bequest.supervisor",
                        "  app " + APP + " running 2 bequest.supervisor",
                        "    a " + WORKER + " running 2 count",
                        "    b - down 2 word",
                        "alone " + ALONE + " waiting - bequest.supervisor"),
                tree.all()
                        .lines()
                        .map(line -> line.replaceAll("(?<=\\S) +", " "))
                        .toList());
    }

    @Test
    void childrenAreInTheirOrder_andThoseUnderThemAreLeftOut() {
        SupervisionTree tree = tree(List.of(supervisor(ROOT, Supervisor.ROOT), supervisor(APP, "app")));

        assertEquals(3, tree.childrenOf(APP).orElseThrow().lines().count());
        assertEquals(2, tree.childrenOf(ROOT).orElseThrow().lines().count());
        assertEquals(Optional.empty(), tree.childrenOf(ALONE));
        assertEquals("There are no supervisors.", tree(List.of()).all());
    }
}
