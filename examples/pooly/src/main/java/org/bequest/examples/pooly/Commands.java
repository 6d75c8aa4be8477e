// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.pooly;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildCount;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code Pooly}, {@code Pooly.WorkerSupervisor} and what is typed beside them. Public for Gogo, which calls by reflection. */
@Component(
        service = Commands.class,
        property = {
            "osgi.command.scope=pooly",
            "osgi.command.function=supervisor",
            "osgi.command.function=startChild",
            "osgi.command.function=count",
            "osgi.command.function=consumer",
            "osgi.command.function=checkout",
            "osgi.command.function=checkin",
            "osgi.command.function=status",
            "osgi.command.function=crash",
            "osgi.command.function=reports"
        },
        // There are no commands before there is a pool to use them on.
        reference =
                @Reference(
                        name = "top",
                        service = Supervisor.class,
                        target = "(" + WorkerModule.PROCESS + "=" + PoolySupervisor.NAME + ")"))
public final class Commands {
    private final BundleContext context;
    private final Processes processes;
    private final Reports reports;
    /** By name. */
    private final Map<Object, Supervisor> supervisors = new ConcurrentHashMap<>();

    @Activate
    public Commands(BundleContext context, @Reference Processes processes, @Reference Reports reports) {
        this.context = context;
        this.processes = processes;
        this.reports = reports;
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

    @Descriptor("starts a supervisor of workers, beside the pool")
    public String supervisor(@Descriptor("its name") String name) throws InterruptedException {
        ChildDeclaration declaration = () -> WorkerSupervisor.named(name);
        context.registerService(ChildDeclaration.class, declaration, null);
        return awaitSupervisor(name).pid().toString();
    }

    @Descriptor("starts a worker under such a supervisor")
    public String startChild(@Descriptor("the supervisor's name") String supervisor) {
        return named(supervisor).startWith(null).orElseThrow().toString();
    }

    @Descriptor("counts the children of a supervisor")
    public String count(@Descriptor("the supervisor's name") String supervisor) {
        ChildCount count = named(supervisor).count();
        return "specs " + count.specs() + ", active " + count.active() + ", supervisors " + count.supervisors()
                + ", workers " + count.workers();
    }

    @Descriptor("starts a process that can borrow workers")
    public String consumer(@Descriptor("its name") String name) {
        return processes.spawn(ProcessSpec.of(Consumer.NAME).name(name)).toString();
    }

    @Descriptor("has a consumer borrow a worker")
    public String checkout(@Descriptor("the consumer's name") String consumer) {
        return String.valueOf(processes.call(consumer, PoolServer.CHECK_OUT, Consumer.TIMEOUT));
    }

    @Descriptor("gives a worker back to the pool")
    public void checkin(@Descriptor("the worker's pid") String worker) {
        processes.call(PoolServer.NAME, Tuple.of(PoolServer.CHECK_IN, pid(worker)), Consumer.TIMEOUT);
    }

    @Descriptor("tells how many workers are idle, and how many are not")
    public String status() {
        return String.valueOf(processes.call(PoolServer.NAME, PoolServer.STATUS, Consumer.TIMEOUT));
    }

    @Descriptor("ends a worker, as if it had crashed")
    public void crash(@Descriptor("the worker's pid") String worker) {
        processes.exit(pid(worker), ExitReason.KILLED);
    }

    private Pid pid(String text) {
        return processes.list().stream()
                .map(ProcessInfo::pid)
                .filter(pid -> pid.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no process " + text));
    }

    @Descriptor("waits for reports that were not shown yet, and shows them")
    public String reports(@Descriptor("how many") int count) throws InterruptedException {
        return String.join("\n", reports.next(count));
    }
}
