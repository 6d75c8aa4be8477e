// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Bench.PUPPET;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.shy.Open;
import org.bequest.itests.container.plugin.shy.Shy;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.NameTakenException;
import org.bequest.process.ProcessInfo.Status;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.StartFailedException;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;

/** Starting processes without waiting for them, and what those hear who monitor one that has yet to start. */
public class AsyncSpawnIT extends ContainerTest {
    private Spawned parent;

    @Before
    public void spawnParent() throws Exception {
        parent = bench.spawn();
    }

    /** Starts as the function says, and runs functions that it is sent. */
    private record Starting(Consumer<Self> start) implements Worker {
        @Override
        public void onStart(Self self, Object argument) {
            start.accept(self);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(((Function<Self, Object>) request).apply(self));
        }
    }

    private Spawned spawnAsync(ProcessSpec spec) {
        return spawnAsync(parent, spec);
    }

    private Spawned spawnAsync(Spawned by, ProcessSpec spec) {
        Pid pid = by.does(self -> {
            Pid fresh = self.newPid();
            self.spawn(fresh, spec, null);
            return fresh;
        });
        return new Spawned(pid, bench.processes());
    }

    private void awaitSignals(Spawned who, Signal... signals) {
        Wait.until("it has heard", () -> who.signals().size() >= signals.length);
        assertThat(who.signals())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("monitor")
                .containsExactly(signals);
    }

    private Status status(Spawned process) {
        return bench.processes().info(process.pid()).orElseThrow().status();
    }

    @Test
    public void startedComes_whenTheProcessHas() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bench.module("slow", () -> new Starting(self -> Wait.until("it is released", release)));

        AtomicReference<Long> monitor = new AtomicReference<>();
        Pid pid = parent.does(self -> {
            Pid fresh = self.newPid();
            monitor.set(self.spawn(fresh, ProcessSpec.of("slow").name("slow-one"), null));
            return fresh;
        });
        Spawned child = new Spawned(pid, bench.processes());

        assertThat(bench.processes().whereis("slow-one")).contains(pid);
        assertThat(status(child)).isEqualTo(Status.STARTING);
        assertThat(parent.signals()).isEmpty();
        release.countDown();
        Wait.until("it has heard", () -> !parent.signals().isEmpty());
        assertThat(parent.signals()).containsExactly(new Signal.Started(monitor.get(), pid));
        Wait.until("it has nothing to do", () -> status(child) == Status.WAITING);
        child.killed();
        assertThat(parent.signals())
                .containsExactly(
                        new Signal.Started(monitor.get(), pid), new Signal.Down(monitor.get(), pid, ExitReason.KILLED));
        assertThat(bench.processes().info(pid)).isEmpty();
    }

    @Test
    public void downAloneComes_ifTheWorkerFailsToStart() throws Exception {
        bench.module(
                "failing",
                () -> new Starting(self -> {
                    throw new IllegalStateException("does not want to");
                }));

        spawnAsync(ProcessSpec.of("failing").name("failed"));

        Wait.until("it has heard", () -> !parent.signals().isEmpty());
        assertThat(parent.signals()).singleElement().isInstanceOfSatisfying(Signal.Down.class, down -> assertThat(
                        down.reason().toString())
                .contains("does not want to"));
        assertThat(bench.processes().whereis("failed")).isEmpty();
    }

    @Test
    public void exitFailsTheStart_withThatReason() throws Exception {
        for (ExitReason reason : List.of(ExitReason.NORMAL, new ExitReason.Shutdown("not today"))) {
            Spawned by = bench.spawn();
            Bundle module = bench.module("unwilling", () -> new Starting(self -> self.exit(reason)));

            Spawned child = spawnAsync(by, ProcessSpec.of("unwilling"));

            awaitSignals(by, new Signal.Down(0, child.pid(), reason));
            assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("unwilling").name("unwilling")))
                    .isInstanceOfSatisfying(StartFailedException.class, e -> assertThat(e.reason())
                            .isEqualTo(reason));
            assertThat(bench.processes().whereis("unwilling")).isEmpty();
            module.uninstall();
        }
    }

    @Test
    public void pidIsRefused_ifItIsNotFresh() throws Exception {
        Spawned other = bench.spawn();
        Pid fresh = parent.does(Self::newPid);
        ProcessSpec spec = ProcessSpec.of(PUPPET);

        for (Pid unfit : List.of(
                other.pid(),
                parent.pid(),
                new Pid(fresh.node() + 1, fresh.number()),
                new Pid(fresh.node(), fresh.number() + 1_000),
                new Pid(fresh.node(), 0))) {
            assertThat(parent.refused(self -> self.spawn(unfit, spec.name("unfit"), null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(unfit.toString());
        }

        assertThat(bench.processes().whereis("unfit")).isEmpty();
        assertThat(other.alive()).isTrue();
        assertThat(parent.signals()).isEmpty();
        assertThat(parent.<Long>does(self -> self.spawn(fresh, spec, null))).isPositive();
    }

    @Test
    public void nothingIsLeft_ifTheNameIsTaken() throws Exception {
        Spawned holder = bench.spawn("taken");
        Pid pid = parent.does(Self::newPid);

        RuntimeException refusal =
                parent.refused(self -> self.spawn(pid, ProcessSpec.of(PUPPET).name("taken"), null));

        assertThat(refusal).isInstanceOf(NameTakenException.class).hasMessageContaining("'taken'");
        assertThat(bench.processes().isAlive(pid)).isFalse();
        assertThat(bench.processes().whereis("taken")).contains(holder.pid());
        assertThat(parent.signals()).isEmpty();
        assertThat(bench.processes().modules())
                .filteredOn(module -> module.name().equals(PUPPET))
                .singleElement()
                .satisfies(module -> assertThat(module.processes()).isEqualTo(2));
        assertThat(parent.<Long>does(self -> self.spawn(pid, ProcessSpec.of(PUPPET), null)))
                .isPositive();
    }

    @Test
    public void processWaitsForItsModule_andItsMonitorsAreTold() throws Exception {
        Spawned child = spawnAsync(ProcessSpec.of("later"));
        awaitSignals(parent, new Signal.Awaiting(0, child.pid(), "later"));
        assertThat(status(child)).isEqualTo(Status.STARTING);
        assertThat(child.info().version()).isNull();
        child.casts("sent before");

        bench.start(Bench.puppets("later", "1.0.0"));

        awaitSignals(parent, new Signal.Awaiting(0, child.pid(), "later"), new Signal.Started(0, child.pid()));
        assertThat(child.journal()).containsExactly("started 1.0.0", "sent before");
    }

    @Test
    public void processEnds_ifItsModuleDoesNotComeInTime() throws Exception {
        for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(20))) {
            Spawned by = bench.spawn();

            Spawned child = spawnAsync(by, ProcessSpec.of("missing").absenceLimit(limit));

            Wait.until("it has ended", () -> !child.alive());
            awaitSignals(
                    by,
                    new Signal.Awaiting(0, child.pid(), "missing"),
                    new Signal.Down(0, child.pid(), new ExitReason.ModuleAbsent("missing", limit)));
        }
    }

    @Test
    public void absenceIsOver_whenTheModuleIsThere_howeverLongTheStartTakes() throws Exception {
        Duration limit = Duration.ofSeconds(2);
        long begun = System.nanoTime();
        Spawned child = spawnAsync(ProcessSpec.of("late").absenceLimit(limit));
        awaitSignals(parent, new Signal.Awaiting(0, child.pid(), "late"));

        bench.module(
                "late",
                () -> new Starting(self -> Wait.until(
                        "the limit has passed",
                        () -> System.nanoTime() - begun > limit.plusMillis(200).toNanos())));

        awaitSignals(parent, new Signal.Awaiting(0, child.pid(), "late"), new Signal.Started(0, child.pid()));
    }

    @Test
    public void whoMonitorsAProcessThatHasYetToStart_hearsThatItHas() throws Exception {
        Spawned watcher = bench.spawn();
        CountDownLatch release = new CountDownLatch(1);
        bench.module("slow", () -> new Starting(self -> Wait.until("it is released", release)));
        CompletableFuture<Pid> spawn = Background.get(
                () -> bench.processes().spawn(ProcessSpec.of("slow").name("slow-one")));
        Wait.until("it is there", () -> bench.processes().whereis("slow-one").isPresent());
        Pid pid = bench.processes().whereis("slow-one").orElseThrow();

        watcher.does(self -> self.monitor(pid));
        watcher.runs(self -> self.demonitor(self.monitor(pid)));
        release.countDown();
        Wait.result(spawn);

        awaitSignals(watcher, new Signal.Started(0, pid));
        watcher.does(self -> self.monitor(pid));
        assertThat(watcher.signals()).hasSize(1);
    }

    /** Ends with its first message, which lies there before it has started. */
    private static final class ShortLived implements Worker, Function<Object, Object> {
        @Override
        public void onStart(Self self, Object argument) {
            self.processes().cast(self.pid(), "end");
        }

        @Override
        public void onCast(Self self, Object message) {
            self.exit(ExitReason.NORMAL);
        }

        @Override
        public Object apply(Object argument) {
            return argument;
        }
    }

    @Test
    public void processThatEndsAtOnce_hasStarted() throws Exception {
        bench.module("short", ShortLived::new);
        bench.module("short-service", ShortLived::new, WorkerModule.SERVICES, Function.class.getName());
        for (int i = 0; i < 200; i++) {
            bench.spawn(ProcessSpec.of("short"));
            bench.spawn(ProcessSpec.of("short-service"));
            Spawned by = bench.spawn();

            Spawned child = spawnAsync(by, ProcessSpec.of("short"));

            awaitSignals(by, new Signal.Started(0, child.pid()), new Signal.Down(0, child.pid(), ExitReason.NORMAL));
            by.killed();
        }
    }

    // A start that is held

    @Test
    public void heldStart_isOverWhenTheWorkerSaysSo() throws Exception {
        bench.module("held", () -> new Starting(Self::holdStart), WorkerModule.GRACE_MS, 1L);
        CompletableFuture<Pid> spawn = Background.get(
                () -> bench.processes().spawn(ProcessSpec.of("held").name("held-one")));
        Spawned child = spawnAsync(ProcessSpec.of("held"));

        for (int i = 0; i < 20; i++) {
            assertThat(child.<Pid>does(Self::pid)).isEqualTo(child.pid());
        }
        assertThat(status(child)).isEqualTo(Status.STARTING);
        assertThat(parent.signals()).isEmpty();
        assertThat(spawn).isNotDone();

        child.runs(Self::started);
        awaitSignals(parent, new Signal.Started(0, child.pid()));
        assertThat(status(child)).isNotEqualTo(Status.STARTING);
        Wait.until("it is there", () -> bench.processes().whereis("held-one").isPresent());
        new Spawned(bench.processes().whereis("held-one").orElseThrow(), bench.processes()).runs(Self::started);
        assertThat(bench.processes().isAlive(Wait.result(spawn))).isTrue();

        child.runs(Self::started);
        child.runs(Self::holdStart);
        assertThat(status(child)).isNotEqualTo(Status.STARTING);
        assertThat(parent.signals()).hasSize(1);
    }

    @Test
    public void startIsNotHeld_ifTheWorkerSaysSoWithinOnStart() throws Exception {
        bench.module(
                "quick",
                () -> new Starting(self -> {
                    self.holdStart();
                    self.started();
                }));

        Spawned child = bench.spawn(ProcessSpec.of("quick"));

        assertThat(status(child)).isNotEqualTo(Status.STARTING);
    }

    @Test
    public void heldStartFails_ifTheWorkerExits() throws Exception {
        bench.module("held", () -> new Starting(Self::holdStart));
        ExitReason reason = new ExitReason.Shutdown("could not");
        CompletableFuture<Pid> spawn = Background.get(
                () -> bench.processes().spawn(ProcessSpec.of("held").name("held-one")));
        Wait.until("it is there", () -> bench.processes().whereis("held-one").isPresent());
        Spawned waitedFor = new Spawned(bench.processes().whereis("held-one").orElseThrow(), bench.processes());
        Spawned child = spawnAsync(ProcessSpec.of("held"));

        waitedFor.runs(self -> self.exit(reason));
        child.runs(self -> self.exit(reason));

        assertThat(Spawned.failure(spawn))
                .isInstanceOfSatisfying(
                        StartFailedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        awaitSignals(parent, new Signal.Down(0, child.pid(), reason));
    }

    @Test
    public void heldStartGoesOn_withTheNextVersion() throws Exception {
        offer("1.0.0");
        Spawned child = spawnAsync(ProcessSpec.of("held-across"));
        child.does(Self::pid);

        offer("2.0.0");
        Wait.until("it runs the next version", () -> "2.0.0"
                .equals(String.valueOf(child.info().version())));

        assertThat(status(child)).isEqualTo(Status.STARTING);
        assertThat(parent.signals()).isEmpty();
        child.runs(Self::started);
        awaitSignals(parent, new Signal.Started(0, child.pid()));
    }

    private void offer(String version) throws Exception {
        Bundle bundle = bench.start(PluginJar.named("plugin.held-across").version(version));
        WorkerModule module = () -> new Starting(Self::holdStart);
        bundle.getBundleContext()
                .registerService(
                        WorkerModule.class, module, new Hashtable<>(Map.of(WorkerModule.MODULE, "held-across")));
    }

    // Living services

    /** Counts the services of a process when it hears that it has started. */
    private final class Counting implements Worker {
        private final CompletableFuture<Integer> services;

        Counting(CompletableFuture<Integer> services) {
            this.services = services;
        }

        @Override
        public void onSignal(Self self, Signal signal) throws Exception {
            if (signal instanceof Signal.Started started) {
                var found = bench.context()
                        .getServiceReferences(Function.class.getName(), "(bequest.pid=" + started.pid() + ")");
                services.complete(found == null ? 0 : found.length);
            }
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            Pid pid = self.newPid();
            self.spawn(pid, (ProcessSpec) request, null);
            caller.reply(pid);
        }
    }

    private record Echo() implements Worker, Function<Object, Object> {
        @Override
        public Object apply(Object argument) {
            return argument;
        }
    }

    @Test
    public void servicesAreThere_beforeStartedComes() throws Exception {
        bench.module("echo", Echo::new, WorkerModule.SERVICES, Function.class.getName());
        for (int i = 0; i < 100; i++) {
            CompletableFuture<Integer> services = new CompletableFuture<>();
            Bundle counting = bench.module("counting", () -> new Counting(services));
            Spawned counter = bench.spawn(ProcessSpec.of("counting"));

            bench.processes().call(counter.pid(), ProcessSpec.of("echo"), Wait.LIMIT);

            assertThat(Wait.result(services)).isEqualTo(1);
            counter.killed();
            counting.uninstall();
        }
    }

    @Test
    public void processEnds_ifItsServiceCannotBePublished() throws Exception {
        bench.start(PluginJar.named("shy.api")
                .classes(Shy.class)
                .classes(Open.class)
                .header(Constants.EXPORT_PACKAGE, Shy.class.getPackageName()));
        Bundle plugin = bench.start(PluginJar.named("plugin.shy").imports(Shy.class.getPackageName()));
        Class<?> open = plugin.loadClass(Open.class.getName());
        ClassLoader loader = plugin.adapt(BundleWiring.class).getClassLoader();
        WorkerModule module = () -> (Worker)
                Proxy.newProxyInstance(loader, new Class<?>[] {Worker.class, open}, (proxy, method, arguments) -> null);
        plugin.getBundleContext()
                .registerService(
                        WorkerModule.class,
                        module,
                        new Hashtable<>(
                                Map.of(WorkerModule.MODULE, "shy", WorkerModule.SERVICES, Shy.class.getName())));

        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("shy").name("shy-one")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("sealed");
        assertThat(bench.processes().whereis("shy-one")).isEmpty();
        spawnAsync(ProcessSpec.of("shy").name("shy-two"));
        Wait.until("it has heard", () -> !parent.signals().isEmpty());
        assertThat(parent.signals()).singleElement().isInstanceOf(Signal.Down.class);
        assertThat(bench.processes().whereis("shy-two")).isEmpty();
    }
}
