// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.List;
import java.util.Locale;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildType;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A child as its supervisor remembers it: a row, and that row read. Only {@link Children} changes it. The row's first
 * elements are those of {@link ChildrenTable}; older and newer versions of this bundle read the rest too, to which elements
 * may be added at the end.
 */
final class Child {
    private static final int STAGE = ChildrenTable.MODULES + 1;
    private static final int STREAK = STAGE + 1;
    private static final int SINCE = STREAK + 1;
    private static final int TIME = SINCE + 1;
    private static final int SPEC = TIME + 1;
    private static final int TARGET = SPEC + 1;
    private static final int FAILED_WITH = TARGET + 1;
    private static final int CAME_BY = FAILED_WITH + 1;

    /** Its id; a number under simple-one-for-one. */
    final Object key;
    /** As it was given; what it has from its supervisor is not in it. Under simple-one-for-one, what is laid over the one. */
    ChildSpec spec;
    /** The same with what it has from its supervisor; null until it is asked for again. */
    @Nullable
    ChildSpec whole;

    Stage stage;
    /** Of the process that it has, or is to have. */
    @Nullable
    Pid pid;
    /** How often it ended by itself. */
    long restarts;
    /** How often it did so without a quiet time between. */
    long streak;
    /** Where it stands in the order. */
    long place;
    /** When it was last started. */
    long since = Clock.now();
    /** When it ended, as long as that is dealt with. A plan counts from then, however long nobody was there to hear of it. */
    long ended;
    /** When something is to be done about it: it is due, or overdue. */
    long time = Clock.NEVER;
    /** Name of the supervisor that it is offered to. */
    @Nullable
    String target;
    /** Of its module that it was seen to run, during a {@link Rollout}. Forgotten with this worker: it is asked for again. */
    @Nullable
    String version;
    /** The version that it has failed with. */
    @Nullable
    String failedWith;
    /** The time of the offer by which it came from another supervisor, which may make that again; 0 if none did. */
    long cameBy;
    /** How its last attempt to start has failed, for the log. */
    @Nullable
    ExitReason failure;
    /** As it stands in the table; null before it does. */
    @Nullable
    Tuple row;

    Child(Object key, ChildSpec spec, long place, Stage stage) {
        this.key = key;
        this.spec = spec;
        this.place = place;
        this.stage = stage;
    }

    static Child ofRow(Tuple row) {
        Child child = new Child(
                row.get(ChildrenTable.KEY),
                ChildSpec.ofTerm(row.get(SPEC)),
                row.getLong(ChildrenTable.PLACE),
                Stage.valueOf(row.getString(STAGE)));
        child.pid = (Pid) row.get(ChildrenTable.PID);
        child.restarts = row.getLong(ChildrenTable.RESTARTS);
        child.streak = row.getLong(STREAK);
        child.since = row.getLong(SINCE);
        child.time = row.getLong(TIME);
        child.target = (String) row.get(TARGET);
        child.failedWith = row.size() > FAILED_WITH ? (String) row.get(FAILED_WITH) : null;
        child.cameBy = row.size() > CAME_BY ? row.getLong(CAME_BY) : 0;
        child.row = row;
        return child;
    }

    Tuple toRow(@Nullable Pid supervisor, ChildSpec whole) {
        return Tuple.of(
                key,
                pid,
                stage.shown.name().toLowerCase(Locale.ROOT),
                supervisor,
                restarts,
                place,
                whole.type().name().toLowerCase(Locale.ROOT),
                modules(whole),
                stage.name(),
                streak,
                since,
                time,
                spec.toTerm(),
                target,
                failedWith,
                cameBy);
    }

    private static List<String> modules(ChildSpec whole) {
        return whole.modules().isEmpty() && whole.module() != null ? List.of(whole.module()) : whole.modules();
    }

    @Nullable
    String id() {
        return key instanceof String id ? id : null;
    }

    ChildInfo info(ChildSpec whole) {
        return new ChildInfo(id(), pid, stage.shown, whole.type(), modules(whole), restarts);
    }

    boolean isSupervisor(ChildSpec whole) {
        return whole.type() == ChildType.SUPERVISOR;
    }

    @Override
    public String toString() {
        return key instanceof String ? "child '" + key + "'" : "child " + pid;
    }
}
