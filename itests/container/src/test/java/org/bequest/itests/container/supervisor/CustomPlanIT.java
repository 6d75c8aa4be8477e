// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Log;
import org.bequest.itests.container.plugin.PlanActivator;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.CustomPlan;
import org.bequest.supervisor.Decision;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Restart plans that plugins bring. */
public class CustomPlanIT extends ContainerTest {
    private Supervisor supervisor;

    private Bundle plan(String decides) throws Exception {
        return bench.start(PluginJar.named("plan")
                .imports("org.bequest.supervisor")
                .activator(PlanActivator.class)
                .classes(PlanActivator.class)
                .header("Decides", decides));
    }

    @Before
    public void startChild() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        bench.root()
                .start(ChildSpec.of(SupervisorSpec.of("supervisor")
                        .intensity(20, Duration.ofMinutes(1))
                        .child(ChildSpec.of("child", "module").plan(RestartPlan.named("plan")))));
        supervisor = bench.supervisor("supervisor");
        Wait.until("the child runs", () -> supervisor.pid("child").isPresent());
    }

    private void crash() {
        bench.processes().exit(supervisor.pid("child").orElseThrow(), ExitReason.KILLED);
    }

    private void assertRestarted() {
        Pid before = supervisor.pid("child").orElseThrow();
        crash();
        Wait.until("it is restarted", () -> supervisor.children().stream()
                .anyMatch(child -> child.state() == ChildInfo.State.RUNNING && !before.equals(child.pid())));
    }

    @Test
    public void planDecides() throws Exception {
        Bundle plan = plan("restart");
        assertRestarted();
        plan.uninstall();
        plan = plan("delay");
        assertRestarted();
        plan.uninstall();
        plan = plan("wait");
        crash();
        Wait.until("it waits", () -> supervisor.children().get(0).state() == ChildInfo.State.DOWN);
        supervisor.restart("child");
        plan.uninstall();
        plan("delete");
        crash();
        Wait.until("it is forgotten", () -> supervisor.children().isEmpty());
    }

    @Test
    public void planMayEndTheSupervisor() throws Exception {
        plan("stop");
        Pid before = supervisor.pid();

        crash();

        assertThat(Wait.result(bench.processes().exited(before))).isInstanceOf(ExitReason.class);
    }

    @Test
    public void childIsRestarted_andTheProblemReported_whenThePlanFails() throws Exception {
        String[][] problems = {{"null", "null"}, {"exception", "OwnException"}, {"error", "com/example/Missing"}};
        for (String[] problem : problems) {
            Bundle plan = plan(problem[0]);
            try (Log log = Log.open()) {
                assertRestarted();
                assertThat(log.text()).contains("'plan'").contains(problem[1]);
            }
            plan.uninstall();
        }
    }

    @Test
    public void childIsRestarted_andTheProblemReported_whenThereIsNoSuchPlan() {
        try (Log log = Log.open()) {
            assertRestarted();
            assertThat(log.text()).contains("bequest.plan=plan");
        }
    }

    @Test
    public void whoAsksForTheChild_waitsUntilThePlanHasDecided() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch decide = new CountDownLatch(1);
        CustomPlan plan = exit -> {
            asked.countDown();
            decide.await();
            return Decision.DELETE;
        };
        ServiceRegistration<?> service = bench.context()
                .registerService(CustomPlan.class, plan, FrameworkUtil.asDictionary(Map.of(CustomPlan.PLAN, "plan")));
        crash();
        asked.await();

        FutureTask<Optional<Pid>> next = new FutureTask<>(() -> supervisor.start(ChildSpec.of("child", "module")));
        Thread caller = new Thread(next);
        caller.start();
        Wait.until("it has asked", () -> caller.getState() == Thread.State.TIMED_WAITING);
        supervisor.spec(); // whoever asked before has been heard when this is answered
        decide.countDown();

        assertThat(next.get()).isPresent();
        service.unregister();
    }

    @Test
    public void planThatBlocksForEver_costsFewThreads() throws Exception {
        plan("block");
        try (Log log = Log.open()) {
            for (int i = 0; i < 6; i++) {
                assertRestarted();
            }
            assertThat(log.text()).contains("has not answered 4 questions");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("bequest-plan-plan"))
                .hasSize(4);
    }

    @Test
    public void classLoaderOfThePlanIsGarbage_whenItsBundleIsUninstalled() throws Exception {
        for (String decides : new String[] {"delay", "exception"}) {
            Bundle plan = plan(decides);
            ClassLoaderWatch watch = ClassLoaderWatch.of(plan);
            assertRestarted();

            plan.uninstall();
            bench.refresh(plan);

            watch.assertCollected();
        }
    }
}
