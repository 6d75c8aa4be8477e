// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bequest.supervisor.ChildSpec;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Children that are declared, by services and configurations. */
final class Declared {
    /** Of casts: {@code {DECLARE, specification}}. */
    static final String DECLARE = "declare";

    /** Of casts: {@code {WITHDRAW, child, for good}}. */
    static final String WITHDRAW = "withdraw";

    /** Of casts to itself: {@code {WITHDRAWN, child}}. */
    static final String WITHDRAWN = "withdrawn";

    /** How long, at least, the next version of this bundle has to declare again what the last one did. */
    private static final Duration TAKE_UP = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Declared.class);

    private final Supervision supervision;
    private final Header header;

    Declared(Supervision supervision) {
        this.supervision = supervision;
        this.header = supervision.header();
    }

    void declare(ChildSpec spec) {
        new Update(supervision).declare(spec);
        set(spec.id(), Clock.NEVER);
    }

    /** Nobody declares it just now. It has to go at once, if that is for good, or else when nobody does for some time. */
    void withdraw(String id, boolean forGood) {
        Child child = supervision.children.get(id);
        if (child == null) {
            set(id, null);
            return;
        }
        long time = forGood
                ? Clock.now()
                : Clock.in(supervision.children.whole(child).absenceLimit());
        set(id, time);
        remind(id, time);
    }

    void withdrawn(String id) {
        Long time = header.declared.get(id);
        if (time == null || time == Clock.NEVER) {
            return;
        }
        if (time > Clock.now()) {
            remind(id, time);
            return;
        }
        Child child = supervision.children.get(id);
        if (child != null) {
            log.info("Child '{}' of '{}' goes, since nobody declares it any more", id, supervision.name());
            new Update(supervision).remove(child);
        }
        set(id, null); // last: until then, whoever follows comes here too
    }

    /** Who declared a child may have gone meanwhile, unheard of. Whoever has not declares it again now. */
    void takeUp() {
        if (header.declared.isEmpty()) {
            return;
        }
        Map<String, Long> all = new HashMap<>(header.declared);
        all.replaceAll((id, time) -> time == Clock.NEVER ? Clock.in(limit(id)) : time);
        save(all);
        header.declared.forEach(this::remind);
    }

    private Duration limit(String id) {
        Child child = supervision.children.get(id);
        Duration limit =
                child == null ? TAKE_UP : supervision.children.whole(child).absenceLimit();
        return limit.compareTo(TAKE_UP) < 0 ? TAKE_UP : limit;
    }

    private void remind(String id, long time) {
        if (time != Clock.NEVER) {
            supervision.self.sendAfter(Clock.until(time), Tuple.of(WITHDRAWN, id));
        }
    }

    private void set(String id, @Nullable Long time) {
        if (Objects.equals(header.declared.get(id), time)) {
            return;
        }
        Map<String, Long> all = new HashMap<>(header.declared);
        all.remove(id);
        if (time != null) {
            all.put(id, time);
        }
        save(all);
    }

    private void save(Map<String, Long> all) {
        header.declared = Map.copyOf(all);
        supervision.children.saveHeader();
    }
}
