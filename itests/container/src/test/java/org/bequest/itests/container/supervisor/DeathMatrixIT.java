// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.plugin.DumpActivator;
import org.bequest.process.CallTimeoutException;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.FencedException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Who dies, and what happens: one method for each row of that table. */
public class DeathMatrixIT extends ContainerTest {
    private static final String LEDGER = "ledger";
    private static final Duration DEADLINE = Duration.ofMillis(300);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicBoolean released = new AtomicBoolean();
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    /** Where workers look for rows, if there is no ledger. */
    private volatile Path dump;

    /** Holds the ledger. A call writes a row and returns how many there are. */
    private final class Clerk implements Worker {
        private Table ledger;

        @Override
        public void onStart(Self self, Object argument) throws Exception {
            starts.incrementAndGet();
            if (dump != null && self.tables().find(LEDGER).isEmpty()) {
                self.tables().load(dump, null);
            }
            ledger = self.tables().claim(TableSpec.of(LEDGER));
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            ledger.insert(Tuple.of(request, self.pid()));
            caller.reply(ledger.size());
        }

        /** Hangs, whoever interrupts it; then tries to write. */
        @Override
        public void onCast(Self self, Object message) {
            events.add("hangs");
            while (!released.get()) {
                if (Thread.interrupted()) {
                    events.add("interrupted");
                }
                Thread.onSpinWait();
            }
            try {
                ledger.insert(Tuple.of("written by a zombie"));
                events.add("wrote");
            } catch (FencedException fenced) {
                events.add("fenced");
            }
        }
    }

    @Before
    public void offerClerks() throws Exception {
        bench.module("clerk", Clerk::new);
        bench.module("bystander", () -> new Worker() {});
    }

    @After
    public void leaveNothingRunning() throws Exception {
        released.set(true);
        bench.shipped("org.bequest.kernel").start();
    }

    private static SupervisorSpec spec() {
        return SupervisorSpec.of("sup")
                .intensity(SupervisorSpec.UNLIMITED, Duration.ofHours(1))
                .child(ChildSpec.of("clerk", "clerk").shutdown(DEADLINE));
    }

    private Supervisor start(SupervisorSpec spec) {
        bench.root().start(ChildSpec.of(spec).plan(RestartPlan.immediately()));
        return bench.supervisor("sup");
    }

    private Pid clerk() {
        return children().pid("clerk").orElseThrow();
    }

    /** Read from the table, since the supervisor may have just died. */
    private ChildrenTable children() {
        return ChildrenTable.of(bench.tables(), spec().table());
    }

    private Object write(Object row) {
        return bench.processes().call(clerk(), row, Wait.LIMIT);
    }

    private void kill(Pid pid) {
        bench.processes().exit(pid, ExitReason.KILLED);
    }

    private void untilReplaced(Pid before) {
        Wait.until("there is another clerk", () -> children()
                .pid("clerk")
                .filter(now -> !now.equals(before))
                .filter(now -> bench.processes().isAlive(now))
                .isPresent());
    }

    private void untilFollowed(Pid before) {
        Wait.until("there is another supervisor", () -> bench.processes()
                .whereis("sup")
                .filter(now -> !now.equals(before))
                .isPresent());
    }

    /** Its rows are kept, its right to write is gone, and its successor has it. */
    @Test
    public void aWorkerDies() {
        start(spec());
        Pid before = clerk();
        write("before");

        kill(before);

        untilReplaced(before);
        assertThat(write("after")).isEqualTo(2L);
        assertThat(bench.tables().open(LEDGER).get("before")).isEqualTo(Tuple.of("before", before));
        assertThat(bench.table(LEDGER).owner()).hasToString("process " + clerk() + " (clerk)");
    }

    /** Its children go on and are the next one's; what was counted stays counted. */
    @Test
    public void aSupervisorDies() {
        Supervisor sup = start(spec());
        Pid first = clerk();
        kill(first);
        untilReplaced(first);
        Pid child = clerk();
        Pid before = sup.pid();

        kill(before);

        assertThat(bench.processes().isAlive(child)).isTrue();
        untilFollowed(before);
        assertThat(clerk()).isEqualTo(child);
        assertThat(bench.supervisor("sup").restarts("clerk")).isEqualTo(1);
        assertThat(starts).hasValue(2);
        kill(child);
        untilReplaced(child);
        assertThat(bench.supervisor("sup").restarts("clerk")).isEqualTo(2);
    }

    /** Rows are kept, and both are replaced, whoever dies first. */
    @Test
    public void bothDieAtOnce() {
        start(spec());
        for (long i = 1; i <= 40; i++) {
            assertThat(write("row " + i)).isEqualTo(i);
            Pid child = clerk();
            Pid supervisor = bench.processes().whereis("sup").orElseThrow();

            kill(i % 2 == 0 ? child : supervisor);
            kill(i % 2 == 0 ? supervisor : child);

            untilFollowed(supervisor);
            untilReplaced(child);
            long count = i;
            Wait.until("it has started", () -> starts.get() == count + 1);
            assertThat(children().children()).extracting(ChildInfo::restarts).containsExactly(i);
        }
    }

    /**
     * The kernel's bundle stops. What is in memory goes with it; what was dumped before can be loaded, and what is declared is
     * started again, without anybody's help. Planned: durable tables, which need no dump.
     */
    @Test
    public void theOwnerOfLastResortDies() throws Exception {
        bench.bundle("declarer")
                .getBundleContext()
                .registerService(ChildDeclaration.class, () -> ChildSpec.of(spec()), null);
        Wait.until(
                "the clerk is there",
                () -> starts.get() == 1
                        && bench.processes().whereis("sup").isPresent()
                        && children().pid("clerk").isPresent());
        write("before");
        dump = folder.getRoot().toPath().resolve("ledger");
        bench.tables().open(LEDGER).dump(dump);
        Bundle kernel = bench.shipped("org.bequest.kernel");

        kernel.stop();
        kernel.start();

        Wait.until(
                "the clerk is there again",
                () -> bench.tables().find(spec().table()).isPresent()
                        && bench.processes().whereis("sup").isPresent()
                        && children().pid("clerk").isPresent());
        assertThat(write("after")).isEqualTo(2L);
        assertThat(bench.tables().open(LEDGER).toList())
                .extracting(row -> row.get(0))
                .containsOnly("before", "after");
    }

    /** What was dumped on one node can be loaded on the next. Planned: durable tables, which need no dump. */
    @Test
    public void theWholeNodeDies() throws Exception {
        Path file = folder.getRoot().toPath().resolve("ledger");
        onAnotherNode("dump", file);
        assertThat(Files.size(file)).isPositive();

        assertThat(onAnotherNode("load", file)).containsExactlyInAnyOrder(List.of("first", 1L), List.of("second", 2.5));
    }

    /** In a framework of its own, which is gone afterwards. */
    @SuppressWarnings("unchecked") // of the plugin's service
    private List<List<Object>> onAnotherNode(String command, Path file) throws Exception {
        String slf4j = Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
                .map(name -> name + ";version=2.0.17")
                .collect(Collectors.joining(","));
        Framework node = ServiceLoader.load(FrameworkFactory.class, Bundle.class.getClassLoader())
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.newFolder().getPath(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        slf4j));
        node.start();
        try {
            BundleContext context = node.getBundleContext();
            for (File jar : new File(System.getProperty("bundles")).listFiles()) {
                context.installBundle(jar.toURI().toString());
            }
            context.installBundle(
                    "test:dump",
                    PluginJar.named("plugin.dump")
                            .activator(DumpActivator.class)
                            .open());
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                    bundle.start();
                }
            }
            // All, since the driver has classes of these names, too.
            Wait.until(
                    "there is a kernel with an engine",
                    () -> context.getAllServiceReferences("org.bequest.table.Tables", null) != null
                            && context.getAllServiceReferences("org.bequest.tables.spi.Engine", null) != null);
            return ((BiFunction<String, Path, List<List<Object>>>)
                            context.getService(context.getServiceReference(BiFunction.class)))
                    .apply(command, file);
        } finally {
            node.stop();
            node.waitForStop(Wait.LIMIT.toMillis());
        }
    }

    /**
     * Whoever waits for it finds out. Told to stop, it is given its time, then it is fenced: it writes nothing more, and its
     * successor does. Nobody watches how long handlers take unasked.
     */
    @Test
    public void aWorkerHangs() {
        Supervisor sup = start(spec());
        Pid before = clerk();
        write("before");
        hang(before);
        long begin = System.nanoTime();
        assertThatThrownBy(() -> bench.processes().call(before, "never", Duration.ofMillis(50)))
                .isInstanceOf(CallTimeoutException.class);

        sup.terminate("clerk");
        assertThat(sup.restart("clerk")).isPresent();

        assertReplaced(before, begin);
    }

    /** The same, by the supervisor itself: it has to be replaced since a sibling of it has ended. */
    @Test
    public void aWorkerHangs_thatIsToBeRestartedWithASibling() {
        Supervisor sup = start(spec().strategy(Strategy.ONE_FOR_ALL).child(ChildSpec.of("bystander", "bystander")));
        Pid before = clerk();
        write("before");
        hang(before);
        long begin = System.nanoTime();

        kill(sup.pid("bystander").orElseThrow());

        untilReplaced(before);
        assertReplaced(before, begin);
    }

    private void hang(Pid pid) {
        bench.processes().cast(pid, "hang");
        assertThat(Wait.next(events)).isEqualTo("hangs");
    }

    private void assertReplaced(Pid before, long begin) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("replaced after " + took.toMillis() + " ms, of which it was given " + DEADLINE.toMillis());
        assertThat(took).isBetween(DEADLINE, DEADLINE.plus(Wait.LIMIT.dividedBy(4)));
        assertThat(bench.processes().isAlive(before)).isFalse();
        assertThat(write("after")).isEqualTo(2L);
        assertThat(Wait.next(events)).isEqualTo("interrupted");
        assertThat(events).doesNotContain("wrote", "fenced");
        released.set(true);
        assertThat(Wait.next(events)).isEqualTo("fenced");
        assertThat(bench.tables().open(LEDGER).toList())
                .extracting(row -> row.get(0))
                .containsOnly("before", "after");
        assertThat(bench.table(LEDGER).owner()).hasToString("process " + clerk() + " (clerk)");
    }
}
