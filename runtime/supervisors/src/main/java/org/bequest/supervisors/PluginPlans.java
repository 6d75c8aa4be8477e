// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.supervisor.ChildExit;
import org.bequest.supervisor.CustomPlan;
import org.bequest.supervisor.Decision;
import org.bequest.supervisor.RestartPlan;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans that are services of plugins. */
@Component(service = PluginPlans.class)
public final class PluginPlans implements Plans {
    /* A plan is foreign code: it may throw whatever can be thrown, and it may never return. So each question has a thread of
     * its own, which inherits nothing and leaves nothing: what the plan has put into it goes with it. A plan that does not
     * return costs MOST threads, and is not asked again as long as all of them are in it. Only these threads know the plan
     * itself; what is remembered of it is the number of its service. */

    /** Of questions to one service that are not answered. */
    private static final int MOST = 4;

    private static final Logger log = LoggerFactory.getLogger(CustomPlan.class);

    private final BundleContext context;
    private final Processes processes;
    /** By the id of the service, how many questions are not answered. Guarded by itself. */
    private final Map<Object, Integer> open = new HashMap<>();

    @Activate
    public PluginPlans(BundleContext context, @Reference Processes processes) {
        this.context = context;
        this.processes = processes;
    }

    @Override
    public void ask(String plan, ChildExit exit, Pid supervisor, Tuple asked) {
        Optional<ServiceReference<CustomPlan>> found = find(plan);
        if (found.isEmpty()) {
            answer(supervisor, asked, null, "There is no service CustomPlan with " + CustomPlan.PLAN + "=" + plan);
            return;
        }
        ServiceReference<CustomPlan> reference = found.get();
        Object id = reference.getProperty(Constants.SERVICE_ID);
        if (!enter(id)) {
            answer(
                    supervisor,
                    asked,
                    null,
                    "The plan '" + plan + "' of " + reference.getBundle() + " has not answered " + MOST
                            + " questions yet, and is not asked another one");
            return;
        }
        Runnable question = () -> {
            try {
                decide(plan, reference, exit, supervisor, asked);
            } finally {
                leave(id);
            }
        };
        Thread thread = new Thread(null, question, "bequest-plan-" + plan, 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        thread.start();
    }

    private Optional<ServiceReference<CustomPlan>> find(String plan) {
        try {
            Collection<ServiceReference<CustomPlan>> all = context.getServiceReferences(CustomPlan.class, null);
            return all.stream()
                    .filter(reference -> plan.equals(reference.getProperty(CustomPlan.PLAN)))
                    .max(Comparator.naturalOrder());
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean enter(Object id) {
        synchronized (open) {
            int before = open.getOrDefault(id, 0);
            if (before < MOST) {
                open.put(id, before + 1);
            }
            return before < MOST;
        }
    }

    private void leave(Object id) {
        synchronized (open) {
            open.computeIfPresent(id, (any, before) -> before == 1 ? null : before - 1);
        }
    }

    private void decide(
            String plan, ServiceReference<CustomPlan> reference, ChildExit exit, Pid supervisor, Tuple asked) {
        try {
            CustomPlan service = context.getService(reference);
            Decision decision = service == null ? null : service.decide(exit);
            if (decision == null) {
                String problem = service == null ? "' has just gone" : "' decided null";
                answer(supervisor, asked, null, "The plan '" + plan + problem);
            } else {
                answer(supervisor, asked, plan(decision), null);
            }
        } catch (Throwable failed) {
            ExitReason.Crashed crash = ExitReason.Crashed.of(failed);
            log.warn("The plan '{}' failed: {}", plan, crash.stackTrace());
            answer(supervisor, asked, null, "The plan '" + plan + "' failed with " + crash.description());
        } finally {
            letGo(reference);
        }
    }

    private void letGo(ServiceReference<CustomPlan> reference) {
        try {
            context.ungetService(reference);
        } catch (IllegalStateException stopped) {
            log.debug("This bundle has stopped meanwhile", stopped);
        }
    }

    /** The plan that always decides so. */
    private static RestartPlan plan(Decision decision) {
        if (decision instanceof Decision.RestartAfter after) {
            return RestartPlan.after(after.delay());
        } else if (decision instanceof Decision.Wait) {
            return RestartPlan.waitForOperator();
        } else if (decision instanceof Decision.Delete) {
            return RestartPlan.delete();
        } else if (decision instanceof Decision.Stop stop) {
            return new RestartPlan.Stop(stop.detail());
        }
        return RestartPlan.immediately();
    }

    private void answer(Pid supervisor, Tuple asked, @Nullable RestartPlan plan, @Nullable String problem) {
        try {
            Object term = plan == null ? null : plan.toTerm();
            processes.cast(supervisor, Tuple.of(Supervision.DECIDED, asked, term, problem));
        } catch (RuntimeException stopped) {
            log.debug("This bundle has stopped meanwhile; the supervisor has a limit of its own", stopped);
        }
    }
}
