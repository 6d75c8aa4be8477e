// SPDX-License-Identifier: Apache-2.0
package org.bequest.pools;

import static org.bequest.pool.PoolProtocol.HELD;
import static org.bequest.pool.PoolProtocol.STARTING;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolProtocol;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting workers, and stopping them. */
final class Staff {
    /* How it works. What is to be done is in the rows. A place that is STARTING without a pid is to get a worker: its pid is
     * written down before it is spawned, so nobody spawns another. One with the pid of a worker that has not started waits
     * for that. One with the pid of a worker that has, waits for its end: it is to be replaced. Whoever reads the rows next
     * goes on from there.
     */
    private static final Logger log = LoggerFactory.getLogger(Pool.class);

    /** Casts to oneself: <code>{overdue, Pid}</code>, <code>{advance}</code>. */
    static final String OVERDUE = "overdue";

    static final String ADVANCE = "advance";

    /** A worker that lives for less has failed to start. */
    private static final long INFANCY_MS = 1_000;

    private static final long LEAST_DELAY_MS = 100;
    private static final long LONGEST_DELAY_MS = 10_000;

    private final Self self;
    private final Rows rows;
    private final Queue queue;
    private final Set<Pid> stopping = new HashSet<>();

    private int failures;
    private long delayMs;
    private long lastFailureMs;
    private long notBeforeMs;

    Staff(Self self, Rows rows, Queue queue) {
        this.self = self;
        this.rows = rows;
        this.queue = queue;
    }

    /** Does what the rows say, until there is nothing to do but to wait. */
    void advance() {
        boolean ending = rows.mode().equals(PoolProtocol.ENDING);
        addForThoseWhoWait();
        List<Tuple> places = rows.places();
        int surplus =
                ending ? places.size() : Math.min(places.size() - rows.spec().size(), coming(places) - queue.size());
        for (Tuple place : places) {
            Pid pid = Rows.pid(place);
            if (!Rows.is(place, STARTING)) {
                continue;
            }
            if (pid != null && (ending || rows.isBorn(pid))) {
                stop(pid);
            } else if (pid == null && surplus > 0) {
                surplus -= rows.remove(place) ? 1 : 0;
            } else if (pid == null && notBeforeMs <= System.currentTimeMillis()) {
                start(place);
            }
        }
    }

    /** As many as are missing, if there is room. */
    private void addForThoseWhoWait() {
        List<Tuple> places = rows.places();
        int most = rows.spec().size() + rows.spec().maxOverflow();
        int coming = coming(places);
        for (int i = places.size(); i < most && coming < queue.size(); i++, coming++) {
            rows.addPlace();
        }
    }

    private static int coming(List<Tuple> places) {
        return (int) places.stream().filter(place -> Rows.is(place, STARTING)).count();
    }

    private void start(Tuple place) {
        Pid pid = self.newPid();
        if (rows.replace(place, Rows.free(place, STARTING, pid))) {
            self.spawn(
                    pid,
                    ProcessSpec.of(rows.spec().module())
                            .argument(rows.spec().argument())
                            .absenceLimit(ProcessSpec.FOREVER),
                    null);
        }
    }

    /** Has it end; what comes then is for its place to say. */
    void stop(Pid pid) {
        if (stopping.add(pid)) {
            self.processes().exit(pid, ExitReason.SHUTDOWN);
            self.sendAfter(rows.spec().shutdown(), Tuple.of(OVERDUE, pid));
        }
    }

    void overdue(Pid pid) {
        if (self.processes().isAlive(pid)) {
            log.warn("Worker {} of pool '{}' did not stop in its time and is killed", pid, name());
            self.processes().exit(pid, ExitReason.KILLED);
        }
    }

    /** Dismisses idle workers beyond the size, but no more than that. */
    void dismiss(int most) {
        List<Tuple> places = rows.places();
        int surplus = Math.min(most, places.size() - rows.spec().size());
        for (Tuple place : places) {
            if (surplus > 0 && Rows.isUnlent(place) && rows.remove(place)) {
                stop(Rows.pid(place));
                surplus--;
            }
        }
    }

    /** Has the place's worker replaced, if it is still as it was. */
    boolean replace(Tuple place) {
        return rows.replace(place, Rows.free(place, STARTING, Rows.pid(place)));
    }

    void started(Pid pid) {
        Tuple place = rows.byPid(pid);
        if (place != null && Rows.is(place, STARTING) && !rows.isBorn(pid)) {
            rows.born(pid);
            rows.replace(place, Rows.free(place, HELD, pid));
        }
    }

    /** It has ended. Whoever has borrowed it has nothing any more. */
    void ended(Pid pid, ExitReason reason) {
        Long born = rows.buried(pid);
        boolean asked = stopping.remove(pid);
        Tuple place = rows.byPid(pid);
        if (place == null) {
            return;
        }
        if (!asked && (born == null || System.currentTimeMillis() - born < INFANCY_MS)) {
            failed(pid, reason);
        }
        while (place != null && pid.equals(Rows.pid(place)) && !rows.replace(place, Rows.free(place, STARTING, null))) {
            place = rows.again(place);
        }
    }

    /** The first time, another one is started at once; then after ever longer times, until it has gone well for a while. */
    private void failed(Pid pid, ExitReason reason) {
        long now = System.currentTimeMillis();
        if (now - lastFailureMs > 2 * delayMs + INFANCY_MS) {
            failures = 0;
        }
        delayMs = failures == 0 ? 0 : Math.min(LEAST_DELAY_MS << Math.min(failures - 1, 10), LONGEST_DELAY_MS);
        failures++;
        lastFailureMs = now;
        notBeforeMs = now + delayMs;
        log.warn(
                "Worker {} of pool '{}' ended while it started or soon after ({}). Another is started in {} ms",
                pid,
                name(),
                reason,
                delayMs);
        if (delayMs > 0) {
            self.sendAfter(Duration.ofMillis(delayMs), Tuple.of(ADVANCE));
        }
    }

    // A pool's process follows another

    /** Hears from now on of the workers that are there. */
    void takeUp() {
        Set<Pid> placed = new HashSet<>();
        for (Tuple place : rows.places()) {
            Pid pid = Rows.pid(place);
            if (pid != null) {
                placed.add(pid);
                self.monitor(pid);
                if (Rows.is(place, STARTING) && !rows.isBorn(pid) && hasStarted(pid)) {
                    started(pid);
                }
            }
        }
        for (Tuple row : rows.workers()) {
            Pid pid = Rows.worker(row);
            if (!placed.contains(pid)) {
                self.monitor(pid);
                stop(pid);
            }
        }
    }

    private boolean hasStarted(Pid pid) {
        return self.processes()
                .info(pid)
                .map(ProcessInfo::status)
                .filter(status -> status != ProcessInfo.Status.STARTING)
                .isPresent();
    }

    /** Stops all; returns whether all have ended, and no place is left. */
    boolean end() {
        for (Tuple place : rows.places()) {
            @Nullable Pid pid = Rows.pid(place);
            if (pid == null) {
                rows.remove(place);
            } else {
                stop(pid);
            }
        }
        return rows.places().isEmpty() && rows.workers().isEmpty();
    }

    private String name() {
        return rows.spec().name();
    }
}
