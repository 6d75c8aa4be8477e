// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorEvent;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** What is heard through EventAdmin. */
public class EventsIT extends ContainerTest {
    private static final Dictionary<String, Object> FIRST =
            FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 1));

    private final Queue<Event> heard = new ConcurrentLinkedQueue<>();
    private ServiceRegistration<EventHandler> listening;

    @Before
    public void listen() throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(EventConstants.EVENT_TOPIC, SupervisorEvent.ALL);
        listening = bench.context().registerService(EventHandler.class, heard::add, properties);
        bench.start(Bench.puppets("module", "1.0.0"));
    }

    @After
    public void listenNoMore() {
        listening.unregister();
    }

    private Supervisor supervisor(SupervisorSpec spec) {
        bench.processes().spawn(spec.process());
        return bench.supervisor(spec.name());
    }

    private Event waitFor(String topic, String supervisor, String child) {
        Wait.until(topic + " is heard", () -> heard.stream().anyMatch(event -> is(event, topic, supervisor, child)));
        return heard.stream()
                .filter(event -> is(event, topic, supervisor, child))
                .findFirst()
                .orElseThrow();
    }

    private static boolean is(Event event, String topic, String supervisor, String child) {
        return event.getTopic().equals(topic)
                && supervisor.equals(event.getProperty(SupervisorEvent.SUPERVISOR))
                && child.equals(event.getProperty(SupervisorEvent.CHILD));
    }

    @Test
    public void lifeOfAChildIsTold() {
        Supervisor supervisor = supervisor(SupervisorSpec.of("supervisor").child(ChildSpec.of("child", "module")));
        Pid first = supervisor.pid("child").orElseThrow();
        Event started = waitFor(SupervisorEvent.STARTED, "supervisor", "child");
        assertThat(started.getProperty(SupervisorEvent.PID)).isEqualTo(first);
        assertThat(started.getProperty(SupervisorEvent.MODULE)).isEqualTo("module");
        assertThat(started.getProperty(SupervisorEvent.RESTARTS)).isEqualTo(0L);
        assertThat(started.containsProperty(SupervisorEvent.REASON)).isFalse();

        bench.processes().exit(first, ExitReason.KILLED);

        Event exited = waitFor(SupervisorEvent.EXITED, "supervisor", "child");
        assertThat(exited.getProperty(SupervisorEvent.PID)).isEqualTo(first);
        assertThat(exited.getProperty(SupervisorEvent.REASON)).isEqualTo("killed");
        assertThat(exited.getProperty(SupervisorEvent.EXPECTED)).isEqualTo(false);
        assertThat(waitFor(SupervisorEvent.RESTARTED, "supervisor", "child").getProperty(SupervisorEvent.RESTARTS))
                .isEqualTo(1L);

        supervisor.terminate("child");

        waitFor(SupervisorEvent.STOPPED, "supervisor", "child");
    }

    @Test
    public void waitingAndGivingUpAreTold() {
        Supervisor supervisor = supervisor(SupervisorSpec.of("supervisor")
                .child(
                        ChildSpec.of("waits", "module").plan(RestartPlan.waitForOperator()),
                        ChildSpec.of("straw", "module").plan(RestartPlan.stop("enough"))));

        bench.processes().exit(supervisor.pid("waits").orElseThrow(), ExitReason.KILLED);
        waitFor(SupervisorEvent.WAITING, "supervisor", "waits");
        bench.processes().exit(supervisor.pid("straw").orElseThrow(), ExitReason.KILLED);

        waitFor(SupervisorEvent.GAVE_UP, "supervisor", "straw");
    }

    @Test
    public void adoptionAndTakingOverAreTold() {
        Supervisor first = supervisor(SupervisorSpec.of("first").sharing("shared"));
        supervisor(SupervisorSpec.of("second").sharing("shared"));
        Pid process = bench.processes().spawn(ProcessSpec.of("module"));
        first.adopt(process, ChildSpec.of("child", "module"));
        waitFor(SupervisorEvent.ADOPTED, "first", "child");

        bench.processes().exit(first.pid(), ExitReason.KILLED);

        assertThat(waitFor(SupervisorEvent.TAKEN_OVER, "second", "child").getProperty(SupervisorEvent.PID))
                .isEqualTo(process);
    }

    @Test
    public void supervisorsDoNotNotice_whetherThereIsAnEventAdmin() throws Exception {
        Bundle events = bench.shipped("org.apache.felix.eventadmin");
        Supervisor supervisor = supervisor(SupervisorSpec.of("supervisor")
                .intensity(10, Duration.ofMinutes(1))
                .child(ChildSpec.of("child", "module")));
        Pid first = supervisor.pid("child").orElseThrow();

        events.stop();
        bench.processes().exit(first, ExitReason.KILLED);
        Wait.until(
                "it is restarted",
                () -> supervisor.pid("child").filter(pid -> !pid.equals(first)).isPresent());
        heard.clear();
        ServiceRegistration<EventAdmin> next = bench.context().registerService(EventAdmin.class, new Hearing(), FIRST);
        try {
            // Felix' one comes second: it is told its configuration soon after it has started, by another thread.
            // For a moment it knows of no handler then, and what is posted is lost.
            events.start();
            bench.processes().exit(supervisor.pid("child").orElseThrow(), ExitReason.KILLED);

            waitFor(SupervisorEvent.RESTARTED, "supervisor", "child");
        } finally {
            next.unregister();
        }
    }

    /** An event admin of the test's own. */
    private final class Hearing implements EventAdmin {
        @Override
        public void postEvent(Event event) {
            heard.add(event);
        }

        @Override
        public void sendEvent(Event event) {
            heard.add(event);
        }
    }
}
