// SPDX-License-Identifier: Apache-2.0
package org.bequest.pools;

import static org.bequest.pool.PoolProtocol.BORROWER;
import static org.bequest.pool.PoolProtocol.BUSY;
import static org.bequest.pool.PoolProtocol.RETIRING;
import static org.bequest.pool.PoolProtocol.SINCE;
import static org.bequest.pool.PoolProtocol.SLOT;
import static org.bequest.pool.PoolProtocol.STACK;
import static org.bequest.pool.PoolProtocol.STATE;
import static org.bequest.pool.PoolProtocol.WANTED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bequest.pool.Pool;
import org.bequest.pool.PoolProtocol;
import org.bequest.pool.PoolSpec;
import org.bequest.process.Self;
import org.bequest.table.TableInfo;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due only after a while: nobody tells when a worker is borrowed, so it is looked for now and then. */
final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Pool.class);

    /** Cast to oneself: <code>{look, Round}</code>. Of another round, it is passed over: that one has ended. */
    static final String LOOK = "look";

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** How many times within each limit to look. */
    private static final int PARTS = 5;

    private final Self self;
    private final Rows rows;
    private final Staff staff;
    private final Set<Object> reported = new HashSet<>();
    private long round;

    /** How many were idle at least, at each look since then. */
    private int spare = Integer.MAX_VALUE;

    private long spareSince = System.nanoTime();

    /** @param reported what {@link #reported()} was before the code was replaced */
    Upkeep(Self self, Rows rows, Staff staff, List<?> reported) {
        this.self = self;
        this.rows = rows;
        this.staff = staff;
        this.reported.addAll(reported);
    }

    /** From now on, as often as is needed. */
    void begin() {
        round = System.nanoTime();
        goOn();
    }

    private void goOn() {
        PoolSpec spec = rows.spec();
        boolean mayLinger = spec.maxOverflow() > 0 || rows.places().size() > spec.size();
        Duration shortest = Stream.of(
                        limit(mayLinger ? spec.linger() : null), limit(spec.maxLifetime()), limit(spec.leakThreshold()))
                .map(limit -> limit.dividedBy(PARTS))
                .min(Duration::compareTo)
                .orElse(LONGEST);
        Duration delay = shortest.compareTo(SHORTEST) < 0 ? SHORTEST : shortest;
        self.sendAfter(delay.compareTo(LONGEST) > 0 ? LONGEST : delay, Tuple.of(LOOK, round));
    }

    private static Duration limit(@Nullable Duration limit) {
        return limit == null ? LONGEST.multipliedBy(PARTS) : limit;
    }

    void look(Tuple order) {
        if (order.getLong(1) == round) {
            retireTheOld();
            dismissTheSpare();
            reportLeaks();
            goOn();
        }
    }

    private static long before(Duration age) {
        return System.currentTimeMillis() - age.toMillis();
    }

    private void retireTheOld() {
        Duration lifetime = rows.spec().maxLifetime();
        if (lifetime == null) {
            return;
        }
        for (Tuple worker : rows.workers()) {
            Pid pid = Rows.worker(worker);
            Tuple place = worker.getLong(1) <= before(lifetime) ? rows.byPid(pid) : null;
            if (place != null && Rows.isUnlent(place)) {
                staff.replace(place);
            } else if (place != null && (Rows.is(place, BUSY) || Rows.is(place, WANTED))) {
                rows.replace(place, place.with(STATE, RETIRING));
            }
        }
    }

    /** Those that were idle at each look since a while ago: so many could have been spared all the time. */
    private void dismissTheSpare() {
        long now = System.nanoTime();
        int idle = (int) rows.places().stream().filter(Rows::isUnlent).count();
        if (idle == 0) {
            spareSince = now;
            spare = Integer.MAX_VALUE;
            return;
        }
        spare = Math.min(spare, idle);
        if (now - spareSince >= rows.spec().linger().toNanos()) {
            staff.dismiss(spare);
            spareSince = now;
            spare = Integer.MAX_VALUE;
        }
    }

    private void reportLeaks() {
        Duration threshold = rows.spec().leakThreshold();
        if (threshold == null) {
            return;
        }
        List<Object> held = new ArrayList<>();
        for (Tuple place : rows.places()) {
            Object since = place.get(SINCE);
            if (since instanceof Long lent && lent <= before(threshold)) {
                Tuple lease = Tuple.of(place.get(SLOT), place.get(BORROWER), since);
                held.add(lease);
                if (reported.add(lease)) {
                    report(place, threshold);
                }
            }
        }
        reported.retainAll(held);
    }

    private void report(Tuple place, Duration threshold) {
        log.warn(
                "Worker {} of pool '{}' is lent to {} for longer than {} ms. Close leases when done. It was borrowed\n{}",
                place.get(PoolProtocol.PID),
                rows.spec().name(),
                self.tables()
                        .find(PoolProtocol.BORROWER_PREFIX + place.get(BORROWER))
                        .map(TableInfo::owner)
                        .map(Object::toString)
                        .orElse("somebody who has ended"),
                threshold.toMillis(),
                place.get(STACK));
    }

    /** The leases that have been reported, and are still held. */
    List<Object> reported() {
        return List.copyOf(reported);
    }
}
