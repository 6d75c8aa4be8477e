// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What a supervisor remembers of itself: a row beside those of its children. Read and written like {@link Child}. */
final class Header {
    private static final String SUPERVISOR = "supervisor";

    private static final int SPEC = ChildrenTable.MODULES + 1;
    private static final int RESTARTS = SPEC + 1;
    private static final int ENDING = RESTARTS + 1;
    private static final int DECLARED = ENDING + 1;
    private static final int ROLLOUTS = DECLARED + 1;
    private static final int OPEN = ROLLOUTS + 1;
    private static final int BEFORE = OPEN + 1;

    SupervisorSpec spec;
    /** What that was before the {@link Update} that is under way; null if none is. */
    @Nullable
    SupervisorSpec before;
    /** Whether all initial children have been started. */
    boolean open;
    /** When it has restarted, as far as that still counts; see {@link SupervisorSpec#intensity}. */
    List<Long> restarts = List.of();
    /** Why it is about to end; null if it is not. */
    @Nullable
    ExitReason ending;
    /** Children that are declared, and when they have to go: never, as long as somebody declares them. */
    Map<String, Long> declared = Map.of();
    /** By module, what {@link Rollout} remembers. */
    Map<String, Tuple> rollouts = Map.of();

    @Nullable
    Tuple row;

    private Header(SupervisorSpec spec) {
        this.spec = spec;
    }

    /** Of a supervisor that was not there before: its children are still to be added. */
    static Header of(SupervisorSpec spec) {
        Header header = new Header(spec);
        header.before = spec.children(List.of());
        return header;
    }

    static Tuple key(String supervisor) {
        return Tuple.of(SUPERVISOR, supervisor);
    }

    static boolean isHeader(Tuple row) {
        return row.get(ChildrenTable.KEY) instanceof Tuple;
    }

    @SuppressWarnings("unchecked")
    static Header ofRow(Tuple row) {
        Header header = new Header(SupervisorSpec.ofTerm(row.get(SPEC)));
        header.restarts = (List<Long>) row.get(RESTARTS);
        header.ending = row.get(ENDING) == null ? null : Reasons.ofTerm(row.getTuple(ENDING));
        header.declared = (Map<String, Long>) row.get(DECLARED);
        header.rollouts = (Map<String, Tuple>) row.get(ROLLOUTS);
        header.open = (Boolean) row.get(OPEN);
        header.before = row.size() > BEFORE && row.get(BEFORE) != null ? SupervisorSpec.ofTerm(row.get(BEFORE)) : null;
        header.row = row;
        return header;
    }

    Tuple toRow(Pid self) {
        return Tuple.of(
                key(spec.name()),
                self,
                SUPERVISOR,
                self,
                0L,
                0L,
                SUPERVISOR,
                List.of(),
                spec.toTerm(),
                restarts,
                ending == null ? null : Reasons.toTerm(ending),
                declared,
                rollouts,
                open,
                before == null ? null : before.toTerm());
    }

    /** Counts one more restart. Returns false if that is one too many. */
    boolean countRestart() {
        long now = Clock.now();
        long oldest = now - Clock.millis(spec.period());
        List<Long> counting =
                new ArrayList<>(restarts.stream().filter(time -> time >= oldest).toList());
        counting.add(now);
        restarts = List.copyOf(counting);
        return restarts.size() <= spec.intensity();
    }
}
