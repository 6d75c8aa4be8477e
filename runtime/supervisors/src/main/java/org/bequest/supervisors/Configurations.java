// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Children and supervisors that Config Admin declares, put together. */
@Component(service = Configurations.class)
public final class Configurations {
    /* Each configuration is a child that names its supervisor, so together they are trees, with those on top that are for the
     * root. A tree is declared to the root as one child, a supervisor with all that is under it; supervisors find out by
     * themselves what has changed. So configurations may come and change in any order: after each, all trees are made anew,
     * and those that are as they were change nothing. A tree that cannot be is reported, and stays as it was; one whose top
     * is not there yet waits. */

    private static final Logger log = LoggerFactory.getLogger(Configurations.class);

    private final Announcements announcements;
    // Both guarded by this.
    private final Map<String, Configured> all = new TreeMap<>();
    /** By pid, the ids of those that are declared. */
    private final Map<String, String> declared = new HashMap<>();

    @Activate
    public Configurations(@Reference Announcements announcements) {
        this.announcements = announcements;
    }

    /** @throws IllegalArgumentException if another configuration is in its way; then nothing has changed */
    synchronized void put(Configured one) {
        if (one.isSupervisor() && one.id().equals(Supervisor.ROOT)) {
            throw new IllegalArgumentException("name must be another: '" + Supervisor.ROOT + "' is there already");
        }
        for (Configured other : all.values()) {
            if (!other.pid().equals(one.pid()) && other.clashesWith(one)) {
                throw new IllegalArgumentException((one.isSupervisor() ? "name" : "id") + " must be another: '"
                        + one.id() + "' is that of configuration " + other.pid());
            }
        }
        if (!one.equals(all.put(one.pid(), one))) {
            declare();
        }
    }

    synchronized void remove(String pid) {
        if (all.remove(pid) != null) {
            declare();
        }
    }

    private void declare() {
        Map<String, Configured> tops = new TreeMap<>(all);
        tops.values().removeIf(one -> !one.supervisor().equals(Supervisor.ROOT));
        declared.entrySet().removeIf(entry -> {
            Configured now = tops.get(entry.getKey());
            boolean gone = now == null || !now.id().equals(entry.getValue());
            if (gone) {
                announcements.withdraw(source(entry.getKey()), true);
            }
            return gone;
        });
        tops.values().stream().filter(this::isComplete).forEach(this::declare);
    }

    private void declare(Configured top) {
        try {
            ChildSpec tree = tree(top);
            tree.check(AutoShutdown.NEVER);
            announcements.declare(source(top.pid()), tree);
            declared.put(top.pid(), top.id());
        } catch (IllegalArgumentException | SupervisorException wrong) {
            log.error(
                    "Configuration {}, with those for it, is wrong and changes nothing: {}",
                    top.pid(),
                    wrong.getMessage());
        }
    }

    private ChildSpec tree(Configured one) {
        if (!one.isSupervisor()) {
            return one.child();
        }
        var spec = one.spec().children(children(one).stream().map(this::tree).toList());
        spec.check();
        return one.child().argument(spec.toTerm());
    }

    private List<Configured> children(Configured supervisor) {
        return all.values().stream()
                .filter(one -> one.supervisor().equals(supervisor.id()) && isComplete(one))
                .sorted(Comparator.comparingLong(Configured::order).thenComparing(Configured::id))
                .toList();
    }

    private boolean isComplete(Configured one) {
        return !one.isSimple() || !children(one).isEmpty();
    }

    private static String source(String pid) {
        return "configuration " + pid;
    }
}
