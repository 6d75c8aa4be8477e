// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A new version of the children's module is offered beside the old one. */
public class RolloutIT extends ContainerTest {
    private static final String MODULE = "shop";
    private static final int CHILDREN = 6;

    /** What each version's workers do when they take over; the argument is the child's id. */
    private final Map<String, Consumer<String>> takeovers = new ConcurrentHashMap<>();
    /** Version and id, as they took over. */
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();

    private final AtomicInteger takingOver = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    private Supervisor sup;

    private final class Clerk implements Worker {
        private final String version;

        Clerk(String version) {
            this.version = version;
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(version);
        }

        @Override
        public void onCast(Self self, Object message) {
            throw new IllegalStateException("as asked");
        }

        @Override
        public void onResume(Self self, Handover handover) {
            mostAtOnce.accumulateAndGet(takingOver.incrementAndGet(), Math::max);
            try {
                String id = (String) handover.argument();
                takeovers.getOrDefault(version, any -> {}).accept(id);
                taken.add(version + " " + id);
            } finally {
                takingOver.decrementAndGet();
            }
        }
    }

    /** A bundle of that version with the module. */
    private Bundle offer(int version) throws Exception {
        Bundle bundle = bench.start(PluginJar.named("plugin.shop").version(version + ".0.0"));
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(WorkerModule.MODULE, MODULE);
        // A child that waits for the test is slow, not stuck, however long the test takes.
        properties.put(WorkerModule.GRACE_MS, Wait.LIMIT.toMillis());
        bundle.getBundleContext().registerService(WorkerModule.class, () -> new Clerk("v" + version), properties);
        return bundle;
    }

    @Before
    public void offerFirst() throws Exception {
        offer(1);
    }

    private static ChildSpec child(int number) {
        return ChildSpec.of("c" + number, MODULE).argument("c" + number).plan(RestartPlan.immediately());
    }

    private SupervisorSpec spec() {
        SupervisorSpec spec = SupervisorSpec.of("sup").intensity(1, Duration.ofMillis(300));
        for (int i = 0; i < CHILDREN; i++) {
            spec = spec.child(child(i));
        }
        return spec;
    }

    private void start(SupervisorSpec spec) {
        bench.root().start(ChildSpec.of(spec));
        sup = bench.supervisor("sup");
    }

    /** None if it has no process just now. */
    private String versionOf(String id) {
        try {
            return sup.pid(id)
                    .map(pid -> (String) bench.processes().call(pid, "version", Wait.LIMIT))
                    .orElse("none");
        } catch (ProcessExitedException ended) {
            return "none";
        }
    }

    /** Of all children, in order. */
    private List<String> versions() {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < CHILDREN; i++) {
            versions.add(versionOf("c" + i));
        }
        return versions;
    }

    private void untilAllRun(String version) {
        Wait.untilEmpty(
                "all run " + version,
                () -> versions().stream().filter(now -> !now.equals(version)).toList());
    }

    /** New children are started with the version that is approved. */
    private void untilApproved(String version) {
        Wait.until(version + " is approved", () -> {
            sup.start(ChildSpec.of("probe", MODULE).argument("probe"));
            String probed = versionOf("probe");
            sup.terminateAndDelete("probe");
            return probed.equals(version);
        });
    }

    private static List<String> all(String version) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < CHILDREN; i++) {
            all.add(version + " c" + i);
        }
        return all;
    }

    @Test
    public void childrenMoveOneByOne() throws Exception {
        start(spec().rollout(0));
        Map<String, Pid> before = sup.pids();
        CountDownLatch third = new CountDownLatch(1);
        takeovers.put("v2", id -> {
            if (id.equals("c2")) {
                Wait.until("the test goes on", third);
            }
        });

        offer(2);

        Wait.until("the third is at it", () -> taken.size() == 2 && takingOver.get() == 1);
        assertThat(versionOf("c0")).isEqualTo("v2");
        assertThat(versionOf("c3")).isEqualTo("v1");
        sup.start(child(100));
        assertThat(versionOf("c100"))
                .as("started before the new version is approved")
                .isEqualTo("v1");
        third.countDown();
        untilAllRun("v2");
        untilApproved("v2");
        Wait.until("the one that was started meanwhile too", () -> versionOf("c100")
                .equals("v2"));
        assertThat(taken)
                .filteredOn(one -> !one.endsWith("probe") && !one.endsWith("c100"))
                .containsExactlyElementsOf(all("v2"));
        assertThat(mostAtOnce).hasValue(1);
        assertThat(sup.pids()).containsAllEntriesOf(before);
    }

    @Test
    public void allGoBack_whenTooManyFailToTakeOver_andALaterVersionIsRolledOut() throws Exception {
        start(spec().rollout(2));
        Map<String, Pid> before = sup.pids();
        takeovers.put("v2", id -> {
            if (!id.equals("c1") && !id.equals("c3")) {
                throw new IllegalStateException("v2 cannot");
            }
        });

        offer(2);

        Wait.until("c3 has gone there and back", () -> taken.contains("v2 c3") && taken.contains("v1 c3"));
        untilAllRun("v1");
        assertThat(taken).contains("v2 c1").doesNotContain("v2 c5");
        sup.start(child(100));
        assertThat(versionOf("c100")).isEqualTo("v1");
        Pid c5 = sup.pid("c5").orElseThrow();
        bench.processes().exit(c5, ExitReason.KILLED);
        Wait.until(
                "c5 is restarted",
                () -> sup.pid("c5").filter(now -> !now.equals(c5)).isPresent());
        assertThat(versionOf("c5")).as("restarted after the rollout has failed").isEqualTo("v1");
        sup.terminateAndDelete("c100");
        taken.clear();

        offer(3);

        untilAllRun("v3");
        untilApproved("v3");
        assertThat(taken).filteredOn(one -> one.startsWith("v3")).containsAll(all("v3"));
        assertThat(mostAtOnce).hasValue(1);
        assertThat(sup.pid("c0")).contains(before.get("c0"));
    }

    @Test
    public void asManyMayFailAsAreAllowedTo_andTheRestMoves() throws Exception {
        start(spec().rollout(1));
        takeovers.put("v2", id -> {
            if (id.equals("c2")) {
                throw new IllegalStateException("v2 cannot");
            }
        });

        offer(2);

        Wait.until("the others have moved", () -> versions().equals(List.of("v2", "v2", "v1", "v2", "v2", "v2")));
        untilApproved("v2");
    }

    @Test
    public void allGoBack_whenTheNewVersionCrashesWithinThePeriod() throws Exception {
        start(spec().intensity(1, Duration.ofMinutes(10)).rollout(0));
        offer(2);
        untilAllRun("v2");

        bench.processes().cast(sup.pid("c4").orElseThrow(), "crash");

        untilAllRun("v1");
        sup.start(child(100));
        assertThat(versionOf("c100")).isEqualTo("v1");
    }

    @Test
    public void rolloutGoesOn_thoughTheChildDiesThatIsJustTakingOver() throws Exception {
        start(spec().rollout(3));
        CountDownLatch released = new CountDownLatch(1);
        takeovers.put("v2", id -> {
            if (id.equals("c2")) {
                Wait.until("the test goes on", released);
            }
        });
        offer(2);
        Wait.until("the third is at it", () -> taken.size() == 2 && takingOver.get() == 1);

        bench.processes().exit(sup.pid("c2").orElseThrow(), ExitReason.KILLED);
        released.countDown();

        untilAllRun("v2");
        untilApproved("v2");
    }

    @Test
    public void rolloutGoesOn_whenTheSupervisorsAreUpdatedInTheMiddle() throws Exception {
        start(spec().rollout(1));
        Map<String, Pid> before = sup.pids();
        CountDownLatch third = new CountDownLatch(1);
        AtomicInteger failures = new AtomicInteger();
        takeovers.put("v2", id -> {
            if (id.equals("c1")) {
                failures.incrementAndGet();
                throw new IllegalStateException("v2 cannot");
            }
            if (id.equals("c2")) {
                Wait.until("the test goes on", third);
            }
        });
        offer(2);
        Wait.until("the third is at it", () -> failures.get() == 1 && takingOver.get() == 1);

        for (int i = 0; i < 3; i++) {
            Bundle supervisors = bench.shipped("org.bequest.supervisors");
            try (var jar = new java.net.URL(supervisors.getLocation()).openStream()) {
                supervisors.update(jar);
            }
            assertThat(sup.pids()).isEqualTo(before);
        }
        third.countDown();

        Wait.until("the others have moved", () -> versions().equals(List.of("v2", "v1", "v2", "v2", "v2", "v2")));
        untilApproved("v2");
        assertThat(failures.get())
                .as("is not tried again, nor counted again, before the others have moved")
                .isLessThanOrEqualTo(2);
        assertThat(mostAtOnce).hasValue(1);
        assertThat(sup.pids()).isEqualTo(before);
    }

    @Test
    public void rolloutGoesOn_whenTheSupervisorIsKilledInTheMiddle() throws Exception {
        start(spec().rollout(0));
        CountDownLatch third = new CountDownLatch(1);
        takeovers.put("v2", id -> {
            if (id.equals("c2")) {
                Wait.until("the test goes on", third);
            }
        });
        offer(2);
        Wait.until("the third is at it", () -> taken.size() == 2 && takingOver.get() == 1);
        Pid before = sup.pid();

        bench.processes().exit(before, ExitReason.KILLED);
        Wait.until("there is another supervisor", () -> bench.processes()
                .whereis("sup")
                .filter(now -> !now.equals(before))
                .isPresent());
        sup = bench.supervisor("sup");
        assertThat(sup.pids()).hasSize(CHILDREN);
        third.countDown();

        untilAllRun("v2");
        untilApproved("v2");
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    public void childrenMoveByThemselves_withoutARollout() throws Exception {
        start(spec());
        offer(2);

        untilAllRun("v2");
        sup.start(child(100));
        assertThat(versionOf("c100")).isEqualTo("v2");
    }

    @Test
    public void childrenRunWhatIsThere_whenTheApprovedVersionGoes() throws Exception {
        start(spec().rollout(0));
        CountDownLatch failed = new CountDownLatch(1);
        takeovers.put("v2", id -> {
            failed.countDown();
            throw new IllegalStateException("v2 cannot");
        });
        offer(2);
        Wait.until("the rollout has failed", failed);
        untilAllRun("v1");
        takeovers.clear();
        Map<String, Pid> before = sup.pids();

        bench.shipped("plugin.shop").stop();

        untilAllRun("v2");
        assertThat(sup.pids()).isEqualTo(before);
        untilApproved("v2");
    }
}
