// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorEvent;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as lines of the log, and as {@link SupervisorEvent}s. */
@Component(service = EventLog.class)
public final class EventLog implements Events {
    /* The event admin is looked for at each event, by its name. A reference to it would be one of SupervisorModule's, in the
     * end, and nothing but the kernel may decide whether that is there; and its package may be missing altogether.
     *
     * It is looked for on another thread: the framework may have us wait for its lock, and who has that may wait for
     * this bundle to stop, and so for the supervisors' handlers to come back. */

    private static final String EVENT_ADMIN = "org.osgi.service.event.EventAdmin";

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    /** How long events that are still to be told may hold up the end of this bundle. */
    private static final Duration LAST_EVENTS = Duration.ofMillis(500);

    private final BundleContext context;
    /** Whether there has been an event admin: until then, nothing is told, which would cost a thread's time at each start. */
    private volatile boolean heard;

    private final Teller teller = new Teller();

    @Activate
    public EventLog(BundleContext context) {
        this.context = context;
        try {
            context.addServiceListener((AllServiceListener) event -> heard = true, "(objectClass=" + EVENT_ADMIN + ")");
        } catch (InvalidSyntaxException wrong) {
            throw new IllegalStateException(wrong);
        }
        if (context.getServiceReference(EVENT_ADMIN) != null) {
            heard = true;
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        teller.close(LAST_EVENTS);
    }

    @Override
    public void started(String supervisor, Child child) {
        log.debug("'{}' has started its {}", supervisor, child);
        post(SupervisorEvent.STARTED, supervisor, child, child.pid, null);
    }

    @Override
    public void restarted(String supervisor, Child child) {
        log.info("'{}' has restarted its {}", supervisor, child);
        post(SupervisorEvent.RESTARTED, supervisor, child, child.pid, null);
    }

    @Override
    public void exited(String supervisor, Child child, @Nullable Pid pid, ExitReason reason) {
        if (reason.expected()) {
            log.debug("{} of '{}' has ended: {}", child, supervisor, reason);
        } else {
            log.warn("{} of '{}' has ended: {}", child, supervisor, reason);
        }
        post(SupervisorEvent.EXITED, supervisor, child, pid, reason);
    }

    @Override
    public void stopped(String supervisor, Child child, @Nullable Pid pid, ExitReason reason) {
        log.debug("{} of '{}' was stopped: {}", child, supervisor, reason);
        post(SupervisorEvent.STOPPED, supervisor, child, pid, reason);
    }

    @Override
    public void waiting(String supervisor, Child child, String why) {
        log.info("{} of '{}' waits for {}", child, supervisor, why);
        post(SupervisorEvent.WAITING, supervisor, child, child.pid, null);
    }

    @Override
    public void gaveUp(String supervisor, Child child) {
        log.error("'{}' has given up, over {}", supervisor, child);
        post(SupervisorEvent.GAVE_UP, supervisor, child, child.pid, null);
    }

    @Override
    public void adopted(String supervisor, Child child) {
        log.info("'{}' has adopted {}", supervisor, child);
        post(SupervisorEvent.ADOPTED, supervisor, child, child.pid, null);
    }

    @Override
    public void takenOver(String supervisor, Child child, @Nullable Pid from) {
        log.info("'{}' has taken over {} from {}", supervisor, child, from);
        post(SupervisorEvent.TAKEN_OVER, supervisor, child, child.pid, null);
    }

    private void post(String topic, String supervisor, Child child, @Nullable Pid pid, @Nullable ExitReason reason) {
        if (!heard) {
            return;
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put(SupervisorEvent.SUPERVISOR, supervisor);
        properties.put(SupervisorEvent.RESTARTS, child.restarts);
        put(properties, SupervisorEvent.CHILD, child.id());
        put(properties, SupervisorEvent.PID, pid);
        put(properties, SupervisorEvent.MODULE, module(child));
        if (reason != null) {
            properties.put(SupervisorEvent.REASON, reason.toString());
            properties.put(SupervisorEvent.EXPECTED, reason.expected());
        }
        teller.tell(() -> tell(topic, properties));
    }

    private void tell(String topic, Map<String, Object> properties) {
        try {
            if (context.getServiceReference(EVENT_ADMIN) != null) {
                Topics.post(context, topic, properties);
            }
        } catch (RuntimeException | LinkageError failed) {
            // This bundle has stopped, or theirs has, or the package is another than the service's. It is not worth a
            // child.
            log.debug("No event {} could be posted", topic, failed);
        }
    }

    private static void put(Map<String, Object> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    /** What its supervisor's defaults say is in its row only. */
    private static @Nullable String module(Child child) {
        if (child.spec.module() != null || child.row == null) {
            return child.spec.module();
        }
        List<?> modules = (List<?>) child.row.get(ChildrenTable.MODULES);
        return modules == null || modules.isEmpty() ? null : (String) modules.get(0);
    }
}
