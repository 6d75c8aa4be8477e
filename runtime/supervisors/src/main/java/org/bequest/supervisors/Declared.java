// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.HashMap;
import java.util.Map;
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

    private static final Logger log = LoggerFactory.getLogger(Declared.class);

    private final Supervision supervision;
    private final Header header;

    Declared(Supervision supervision) {
        this.supervision = supervision;
        this.header = supervision.header();
    }

    void declare(ChildSpec spec) {
        new Update(supervision).declare(spec);
        if (header.withdrawn.containsKey(spec.id())) {
            set(spec.id(), null);
        }
    }

    /** Nobody declares it just now. It has to go at once, if that is for good, or else when nobody does for some time. */
    void withdraw(String id, boolean forGood) {
        Child child = supervision.children.get(id);
        if (child == null) {
            return;
        }
        long time = forGood
                ? Clock.now()
                : Clock.in(supervision.children.whole(child).absenceLimit());
        set(id, time);
        remind(id, time);
    }

    void withdrawn(String id) {
        Long time = header.withdrawn.get(id);
        if (time == null) {
            return;
        }
        if (time > Clock.now()) {
            remind(id, time);
            return;
        }
        set(id, null);
        Child child = supervision.children.get(id);
        if (child != null) {
            log.info("Child '{}' of '{}' goes, since nobody declares it any more", id, supervision.name());
            new Update(supervision).remove(child);
        }
    }

    void takeUp() {
        header.withdrawn.forEach(this::remind);
    }

    private void remind(String id, long time) {
        if (time != Clock.NEVER) {
            supervision.self.sendAfter(Clock.until(time), Tuple.of(WITHDRAWN, id));
        }
    }

    private void set(String id, @Nullable Long time) {
        Map<String, Long> all = new HashMap<>(header.withdrawn);
        all.remove(id);
        if (time != null) {
            all.put(id, time);
        }
        header.withdrawn = Map.copyOf(all);
        supervision.children.saveHeader();
    }
}
