// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bequest.match.Match;
import org.bequest.match.MatchSpec;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.table.Table;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

/** What is read of rows that supervisors have written. */
class ChildrenTableTest {
    private static final Pid S1 = new Pid(1, 1);
    private static final Pid S2 = new Pid(1, 2);

    private final List<Tuple> rows = new ArrayList<>(List.of(
            Tuple.of(Tuple.of("supervisor", "s1"), "anything"), Tuple.of(Tuple.of("spec", "a"), S1, "running", 1)));

    private final ChildrenTable children = ChildrenTable.of(tables(), "children");

    private static Pid pid(long number) {
        return new Pid(1, 100 + number);
    }

    private void row(Object key, Pid pid, State state, Pid supervisor, long place, ChildType type) {
        rows.add(Tuple.of(
                key,
                pid,
                state.name().toLowerCase(),
                supervisor,
                7,
                place,
                type.name().toLowerCase(),
                List.of("m"),
                "whatever"));
    }

    private void some() {
        row("a", pid(1), State.RUNNING, S1, 3, ChildType.WORKER);
        row("b", null, State.RESTARTING, S1, 1, ChildType.WORKER);
        row("c", pid(2), State.STOPPING, S2, 2, ChildType.SUPERVISOR);
        row("d", null, State.DOWN, null, 5, ChildType.SUPERVISOR);
        row("e", pid(3), State.RUNNING, S2, 4, ChildType.WORKER);
    }

    @Test
    void d26_pidIsOfARunningChild() {
        some();

        assertThat(children.pid("a")).contains(pid(1));
        assertThat(children.pid("b")).isEmpty();
        assertThat(children.pid("c")).isEmpty();
        assertThat(children.pid("d")).isEmpty();
        assertThat(children.pid("nobody")).isEmpty();
        assertThat(children.has("d")).isTrue();
        assertThat(children.has("nobody")).isFalse();
    }

    @Test
    void d16_d26_pidsAreThoseThatRun() {
        some();

        assertThat(children.pids()).isEqualTo(Map.of("a", pid(1), "e", pid(3)));
        assertThat(children.running()).containsExactlyInAnyOrder(pid(1), pid(3));
    }

    @Test
    void d27_anyPidIsEachOfThoseThatRun() {
        assertThat(children.anyPid()).isEmpty();
        some();

        Set<Pid> met = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            met.add(children.anyPid().orElseThrow());
        }
        assertThat(met).containsExactlyInAnyOrder(pid(1), pid(3));
    }

    @Test
    void d28_countsTheWholeTable() {
        assertThat(children.count()).isEqualTo(new ChildCount(0, 0, 0, 0));
        some();

        assertThat(children.count()).isEqualTo(new ChildCount(5, 3, 2, 3));
    }

    @Test
    void d29_childrenTheLastFirst() {
        some();

        assertThat(children.children())
                .containsExactly(
                        new ChildInfo("d", null, State.DOWN, ChildType.SUPERVISOR, List.of("m"), 7),
                        new ChildInfo("e", pid(3), State.RUNNING, ChildType.WORKER, List.of("m"), 7),
                        new ChildInfo("a", pid(1), State.RUNNING, ChildType.WORKER, List.of("m"), 7),
                        new ChildInfo("c", pid(2), State.STOPPING, ChildType.SUPERVISOR, List.of("m"), 7),
                        new ChildInfo("b", null, State.RESTARTING, ChildType.WORKER, List.of("m"), 7));
    }

    @Test
    void simpleOneForOneHasNoIds() {
        row(1L, pid(1), State.RUNNING, S1, 1, ChildType.WORKER);
        row(2L, pid(2), State.RUNNING, S1, 2, ChildType.WORKER);

        assertThat(children.pids()).isEmpty();
        assertThat(children.running()).containsExactlyInAnyOrder(pid(1), pid(2));
        assertThat(children.anyPid()).isPresent();
        assertThat(children.count()).isEqualTo(new ChildCount(1, 2, 0, 2));
        assertThat(children.children())
                .extracting(ChildInfo::id, ChildInfo::pid)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(null, pid(2)),
                        org.assertj.core.groups.Tuple.tuple(null, pid(1)));
    }

    @Test
    void simpleOneForOneAmongOthersHasOneSpecification() {
        some();
        row(1L, pid(4), State.RUNNING, S1, 6, ChildType.WORKER);
        row(2L, pid(5), State.RUNNING, S1, 7, ChildType.WORKER);
        row(3L, pid(6), State.RUNNING, S2, 8, ChildType.WORKER);
        row(4L, null, State.DOWN, null, 9, ChildType.WORKER);

        assertThat(children.count().specs()).isEqualTo(5 + 3);
    }

    @Test
    void tableNeedNotBeThereYet() {
        ChildrenTable none = ChildrenTable.of(
                proxy(Tables.class, (method, argument) -> {
                    throw new IllegalStateException("asked");
                }),
                "none");

        assertThatThrownBy(none::running).hasMessage("asked");
    }

    /** No engine is at hand here: just so much of a table as is read. */
    private Tables tables() {
        Table table = proxy(Table.class, (method, argument) -> switch (method) {
            case "get" ->
                rows.stream()
                        .filter(row -> argument.equals(row.get(0)))
                        .findFirst()
                        .orElse(null);
            case "member" -> rows.stream().anyMatch(row -> argument.equals(row.get(0)));
            case "select" -> select((MatchSpec) argument).toList();
            default -> throw new UnsupportedOperationException(method);
        });
        return proxy(Tables.class, (method, name) -> {
            assertThat(method).isEqualTo("open");
            assertThat(name).isEqualTo("children");
            return table;
        });
    }

    private Stream<Object> select(MatchSpec spec) {
        return rows.stream().map(spec::evaluate).filter(Match::found).map(Match::value);
    }

    private interface Answer {
        Object to(String method, Object argument);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments[0])));
    }
}
