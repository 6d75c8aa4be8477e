// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bequest.process.Processes;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is declared, by whom, and told to the root. */
@Component(service = Announcements.class)
public final class Announcements {
    /* The root is told by messages, not by calls: while this bundle is replaced its process waits for the new code, and so
     * would a call, on the very thread that is about to register that code.
     *
     * A message to a root that dies is lost, but then its service goes and that of the next one comes, which is told
     * everything: to be told again is harmless. */

    private static final Logger log = LoggerFactory.getLogger(Declarations.class);

    private final Processes processes;
    /** By who declares it, in the order in which they came: of those with the same id, the first counts. Guarded by this. */
    private final Map<String, ChildSpec> declared = new LinkedHashMap<>();

    @Activate
    public Announcements(@Reference Processes processes) {
        this.processes = processes;
    }

    @Reference(
            service = Supervisor.class,
            target = Supervisor.ROOT_FILTER,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    synchronized void addRoot(ServiceReference<Supervisor> root) {
        declared.forEach((source, child) -> {
            if (source.equals(first(child.id()))) {
                tell(child);
            }
        });
    }

    void removeRoot(ServiceReference<Supervisor> root) {}

    /** @param source who declares it, for people; each declares one child, and may declare it again */
    synchronized void declare(String source, ChildSpec child) {
        if (child.equals(declared.put(source, child))) {
            return;
        }
        String first = first(child.id());
        if (source.equals(first)) {
            tell(child);
        } else if (child.equals(declared.get(first))) {
            log.info("Child '{}' is declared by {}, and just so by {}", child.id(), first, source);
        } else {
            log.error(
                    "Child '{}' is declared by {}: that {} declares it too changes nothing", child.id(), first, source);
        }
    }

    /** @param forGood whether it is not expected to be declared again soon */
    synchronized void withdraw(String source, boolean forGood) {
        ChildSpec child = declared.get(source);
        if (child == null) {
            return;
        }
        boolean counted = source.equals(first(child.id()));
        declared.remove(source);
        if (!counted) {
            return;
        }
        String next = first(child.id());
        if (next == null) {
            withdrawChild(child.id(), forGood);
        } else {
            log.info("Child '{}' was declared by {}, and is by {} now", child.id(), source, next);
            tell(declared.get(next));
        }
    }

    /** Who has declared it will not come back. */
    synchronized void giveUp(String id) {
        if (first(id) == null) {
            withdrawChild(id, true);
        }
    }

    private @Nullable String first(@Nullable String id) {
        for (Map.Entry<String, ChildSpec> one : declared.entrySet()) {
            if (Objects.equals(one.getValue().id(), id)) {
                return one.getKey();
            }
        }
        return null;
    }

    private void tell(ChildSpec child) {
        processes.cast(Supervisor.ROOT, Tuple.of(Declared.DECLARE, child.toTerm()));
    }

    private void withdrawChild(@Nullable String id, boolean forGood) {
        processes.cast(Supervisor.ROOT, Tuple.of(Declared.WITHDRAW, id, forGood));
    }
}
