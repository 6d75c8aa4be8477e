// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildCount;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildrenTable;
import org.bequest.supervisor.Supervisor;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The text's session, as commands; {@code sample_ets} and {@code director}. Public for Gogo, which calls by reflection. */
@Component(
        service = Commands.class,
        property = {
            "osgi.command.scope=sample-ets",
            "osgi.command.function=start",
            "osgi.command.function=startAll",
            "osgi.command.function=pids",
            "osgi.command.function=pid",
            "osgi.command.function=shutdown",
            "osgi.command.function=send",
            "osgi.command.function=supervisor",
            "osgi.command.function=count",
            "osgi.command.function=reports"
        },
        // There are no commands before there is a supervisor to use them on.
        reference =
                @Reference(
                        name = "first",
                        service = Supervisor.class,
                        target = "(" + WorkerModule.PROCESS + "=" + SampleSupervisor.NAME + ")"))
public final class Commands {
    private static final String NOT_FOUND = "not found";
    /** Longer lists of reports are cut in the middle. */
    private static final int SHOWN = 12;

    private final BundleContext context;
    private final Processes processes;
    private final Reports reports;
    private final ChildrenTable children;
    /** By name. */
    private final Map<Object, Supervisor> supervisors = new ConcurrentHashMap<>();

    @Activate
    public Commands(
            BundleContext context,
            @Reference Tables tables,
            @Reference Processes processes,
            @Reference Reports reports) {
        this.context = context;
        this.processes = processes;
        this.reports = reports;
        this.children = ChildrenTable.of(tables, SampleSupervisor.TABLE);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Supervisor supervisor, Map<String, Object> properties) {
        supervisors.put(properties.get(WorkerModule.PROCESS), supervisor);
    }

    void unbind(Supervisor supervisor, Map<String, Object> properties) {
        supervisors.remove(properties.get(WorkerModule.PROCESS), supervisor);
    }

    private Supervisor named(String name) {
        return Optional.ofNullable(supervisors.get(name))
                .orElseThrow(() -> new IllegalArgumentException("There is no supervisor '" + name + "'"));
    }

    /** One that was declared a moment ago. */
    private Supervisor awaitSupervisor(String name) throws InterruptedException {
        long end = System.nanoTime() + Reports.PATIENCE.toNanos();
        while (!supervisors.containsKey(name) && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        return named(name);
    }

    @Descriptor("starts a worker")
    public String start(
            @Descriptor("what to call it") String id,
            @Descriptor("1: does its job; 2: crashes before; 3: waits for jobs") int kind) {
        return start(SampleSupervisor.NAME, id, kind);
    }

    @Descriptor("starts a worker")
    public String start(
            @Descriptor("name of the supervisor to do it") String supervisor,
            @Descriptor("what to call it") String id,
            @Descriptor("1: does its job; 2: crashes before; 3: waits for jobs") int kind) {
        if (kind < 1 || kind > 3) {
            throw new IllegalArgumentException("There are workers of kind 1, 2 and 3, not of kind " + kind);
        }
        ChildSpec child = ChildSpec.of(id, "sample-ets-worker-" + kind).argument(id);
        return "Process " + named(supervisor).start(child).orElseThrow();
    }

    @Descriptor("starts many workers, which are called by their numbers")
    public void startAll(
            @Descriptor("the first number") int first,
            @Descriptor("the last number") int last,
            @Descriptor("what kind they are, see 'start'") int kind) {
        for (int id = first; id <= last; id++) {
            start(String.valueOf(id), kind);
        }
    }

    @Descriptor("shows all workers that run, by what they are called")
    public String pids() {
        return new TreeMap<>(children.pids()).toString();
    }

    @Descriptor("shows the process of any worker that runs, each as likely as the other")
    public String pid() {
        return shown(children.anyPid());
    }

    @Descriptor("shows a worker's process, read from the table")
    public String pid(@Descriptor("what it is called") String id) {
        return shown(children.pid(id));
    }

    @Descriptor("shows a worker's process, as a supervisor tells")
    public String pid(
            @Descriptor("name of the supervisor") String supervisor, @Descriptor("what it is called") String id) {
        return shown(named(supervisor).pid(id));
    }

    private static String shown(Optional<Pid> pid) {
        return pid.map(Pid::toString).orElse(NOT_FOUND);
    }

    @Descriptor("asks a worker to end")
    public void shutdown(@Descriptor("what it is called") String id) {
        processes.exit(running(id), ExitReason.SHUTDOWN);
    }

    @Descriptor("sends a worker a function to execute, which ends it")
    public void send(@Descriptor("what it is called") String id) {
        Job job = self -> {
            reports.info("I'm working.");
            self.exit(ExitReason.NORMAL);
        };
        processes.cast(running(id), job);
    }

    private Pid running(String id) {
        return children.pid(id).orElseThrow(() -> new IllegalArgumentException("No worker '" + id + "' runs just now"));
    }

    @Descriptor("starts one more supervisor over the same table of children")
    public String supervisor(@Descriptor("its name") String name) throws InterruptedException {
        ChildDeclaration declaration = () -> ChildSpec.of(SampleSupervisor.named(name));
        context.registerService(ChildDeclaration.class, declaration, null);
        return "Process " + awaitSupervisor(name).pid();
    }

    @Descriptor("counts the children, as a supervisor tells")
    public String count(@Descriptor("name of the supervisor") String supervisor) {
        ChildCount count = named(supervisor).count();
        return "specs " + count.specs() + ", active " + count.active() + ", supervisors " + count.supervisors()
                + ", workers " + count.workers();
    }

    @Descriptor("waits for reports that were not shown yet, and shows them")
    public String reports(@Descriptor("how many") int count) throws InterruptedException {
        List<String> next = reports.next(count);
        awaitStarts();
        return count <= SHOWN
                ? String.join("\n", next)
                : String.join("\n", next.get(0), next.get(1), "...", next.get(count - 2), next.get(count - 1));
    }

    /** A worker reports that it has started a moment before its supervisor has written so into the table. */
    private void awaitStarts() throws InterruptedException {
        long end = System.nanoTime() + Reports.PATIENCE.toNanos();
        while (System.nanoTime() < end
                && children.children().stream().anyMatch(child -> child.state() == ChildInfo.State.STARTING)) {
            Thread.sleep(1);
        }
    }
}
