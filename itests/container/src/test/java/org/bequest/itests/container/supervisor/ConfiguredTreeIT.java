// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Log;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.TableManager;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Supervisors and children that are declared through Config Admin. */
public class ConfiguredTreeIT extends ContainerTest {
    private ConfigurationAdmin admin() {
        return bench.container().service(ConfigurationAdmin.class);
    }

    private Configuration child(Map<String, Object> properties) throws Exception {
        return configure(Supervisor.CHILD_FACTORY_PID, properties);
    }

    private Configuration supervisor(Map<String, Object> properties) throws Exception {
        return configure(Supervisor.SUPERVISOR_FACTORY_PID, properties);
    }

    private Configuration configure(String factory, Map<String, Object> properties) throws Exception {
        Configuration configuration = admin().createFactoryConfiguration(factory, null);
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }

    private List<String> childrenOf(String supervisor) {
        return bench.supervisor(supervisor).children().stream()
                .map(ChildInfo::id)
                .filter(id -> !TableManager.NAME.equals(id))
                .toList();
    }

    private Pid waitFor(String supervisor, String child) {
        Wait.until(child + " of " + supervisor + " runs", () -> pid(supervisor, child)
                .isPresent());
        return pid(supervisor, child).orElseThrow();
    }

    private Optional<Pid> pid(String supervisor, String child) {
        return Optional.ofNullable(bench.supervisor(supervisor).pids().get(child));
    }

    private void waitForChildren(String supervisor, String... ids) {
        Wait.until(supervisor + " has children " + List.of(ids), () -> childrenOf(supervisor)
                .equals(List.of(ids)));
    }

    @Before
    public void startModule() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
    }

    @After
    public void deleteAll() throws Exception {
        Configuration[] left = admin().listConfigurations("(service.factoryPid=org.bequest.supervisor.*)");
        if (left != null) {
            for (Configuration configuration : left) {
                configuration.delete();
            }
        }
        waitForChildren(Supervisor.ROOT);
    }

    @Test
    public void childOfTheRootRuns_asItIsConfigured() throws Exception {
        child(Map.of(
                "id", "child",
                "module", "module",
                "argument", "argument",
                "name", "named",
                "restart", "transient",
                "shutdown.ms", "infinity",
                "absence.limit.ms", "1000",
                "plan", "up-to 5 backoff 100 10000 then wait"));

        Pid pid = waitFor(Supervisor.ROOT, "child");

        assertThat(bench.processes().whereis("named")).contains(pid);
        assertThat(bench.root().spec("child"))
                .isEqualTo(ChildSpec.of("child", "module")
                        .argument("argument")
                        .name("named")
                        .restart(Restart.TRANSIENT)
                        .shutdown(ChildSpec.INFINITY)
                        .absenceLimit(Duration.ofSeconds(1))
                        .plan(RestartPlan.upTo(
                                5,
                                RestartPlan.backoff(Duration.ofMillis(100), Duration.ofSeconds(10)),
                                RestartPlan.waitForOperator())));
    }

    @Test
    public void supervisorHasTheChildrenThatNameIt_whateverCameFirst() throws Exception {
        child(Map.of("supervisor", "app", "id", "second", "module", "module", "order", "2"));
        child(Map.of("supervisor", "inner", "id", "leaf", "module", "module"));
        supervisor(Map.of("supervisor", "app", "name", "inner", "order", "3"));
        supervisor(Map.of("name", "app", "strategy", "rest-for-one", "intensity", "7", "period.ms", "1000"));
        child(Map.of("supervisor", "app", "id", "first", "module", "module", "order", "1"));

        waitForChildren("app", "inner", "second", "first");
        waitFor("app", "first");
        waitFor("inner", "leaf");
        SupervisorSpec app = bench.supervisor("app").spec();
        assertThat(app.strategy()).isEqualTo(Strategy.REST_FOR_ONE);
        assertThat(app.intensity()).isEqualTo(7);
        assertThat(app.period()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    public void changeOfAConfiguration_changesOnlyWhatItSays() throws Exception {
        Configuration app = supervisor(Map.of("name", "app"));
        child(Map.of("supervisor", "app", "id", "same", "module", "module"));
        Configuration changed = child(Map.of("supervisor", "app", "id", "changed", "module", "module"));
        Pid supervisor = waitFor(Supervisor.ROOT, "app");
        Pid same = waitFor("app", "same");
        Pid before = waitFor("app", "changed");

        changed.update(
                new Hashtable<>(Map.of("supervisor", "app", "id", "changed", "module", "module", "argument", "new")));
        Wait.until(
                "it is another",
                () -> pid("app", "changed").filter(pid -> !pid.equals(before)).isPresent());
        app.update(new Hashtable<>(Map.of("name", "app", "intensity", "9")));
        Wait.until("it knows", () -> bench.supervisor("app").spec().intensity() == 9);

        assertThat(pid(Supervisor.ROOT, "app")).contains(supervisor);
        assertThat(pid("app", "same")).contains(same);
        changed.delete();
        waitForChildren("app", "same");
        assertThat(pid("app", "same")).contains(same);
    }

    @Test
    public void supervisorThatIsDeletedStopsWithItsChildren_whichComeBackWithIt() throws Exception {
        Configuration app = supervisor(Map.of("name", "app"));
        child(Map.of("supervisor", "app", "id", "child", "module", "module"));
        Pid child = waitFor("app", "child");

        app.delete();

        waitForChildren(Supervisor.ROOT);
        assertThat(bench.processes().isAlive(child)).isFalse();
        supervisor(Map.of("name", "app"));
        waitFor("app", "child");
    }

    @Test
    public void simpleOneForOneSupervisorTakesItsOneChild() throws Exception {
        supervisor(Map.of("name", "app", "strategy", "SIMPLE_ONE_FOR_ONE"));
        child(Map.of("supervisor", "app", "id", "like", "module", "module"));

        assertThat(bench.supervisor("app").startWith("argument")).isPresent();
    }

    @Test
    public void configurationsAreFollowed_throughAnUpdateOfTheSupervisorsBundle() throws Exception {
        supervisor(Map.of("name", "app"));
        Configuration configuration = child(Map.of("supervisor", "app", "id", "child", "module", "module"));
        Pid app = waitFor(Supervisor.ROOT, "app");
        Pid child = waitFor("app", "child");

        bench.shipped("org.bequest.supervisors").update();

        assertThat(waitFor("app", "child")).isEqualTo(child);
        assertThat(waitFor(Supervisor.ROOT, "app")).isEqualTo(app);
        configuration.delete();
        waitForChildren("app");
    }

    @Test
    public void wrongConfigurationChangesNothing_andIsReported() throws Exception {
        Configuration right = child(Map.of("id", "right", "module", "module"));
        Pid pid = waitFor(Supervisor.ROOT, "right");
        try (Log log = Log.open()) {
            child(Map.of("module", "module"));
            child(Map.of("id", "mistyped", "module", "module", "restart", "now and then"));
            child(Map.of("id", "planless", "module", "module", "plan", "up-to five wait"));
            child(Map.of("id", "right", "module", "module", "argument", "of another"));
            supervisor(Map.of("name", Supervisor.ROOT));
            supervisor(Map.of("name", "app", "strategy", "all for one"));
            right.update(new Hashtable<>(Map.of("id", "right", "module", "module", "shutdown.ms", "soon")));

            for (String problem : List.of(
                    "id must be set",
                    "restart must be one of [PERMANENT, TRANSIENT, TEMPORARY], was 'now and then'",
                    "a number of exits is expected in place of 'five'",
                    "id must be another: 'right' is that of configuration " + right.getPid(),
                    "name must be another: 'bequest.root'",
                    "strategy must be one of",
                    "Configuration " + right.getPid() + " is wrong, and changes nothing: shutdown.ms must be")) {
                Wait.until("reported is: " + problem, () -> log.text().contains(problem));
            }
        }
        assertThat(childrenOf(Supervisor.ROOT)).containsExactly("right");
        assertThat(pid(Supervisor.ROOT, "right")).contains(pid);
    }
}
