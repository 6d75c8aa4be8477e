// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What there is to see of supervision, and to do about it. Public for Gogo, which finds commands by reflection. */
@Component(
        service = SupervisorCommands.class,
        property = {
            "osgi.command.scope=bequest",
            "osgi.command.function=tree",
            "osgi.command.function=children",
            "osgi.command.function=restart",
            "osgi.command.function=terminate"
        })
public final class SupervisorCommands {
    private final BundleContext context;
    private final Tables tables;
    private final Processes processes;

    @Activate
    public SupervisorCommands(BundleContext context, @Reference Tables tables, @Reference Processes processes) {
        this.context = context;
        this.tables = tables;
        this.processes = processes;
    }

    @Descriptor("shows all supervisors, and what is under them")
    public String tree() {
        return look().all();
    }

    @Descriptor("lists the children of a supervisor, the first first")
    public String children(@Descriptor("the supervisor's name") String supervisor) {
        Pid pid = processes.whereis(supervisor).orElseThrow(() -> noSupervisor(supervisor));
        return look().childrenOf(pid).orElseThrow(() -> noSupervisor(supervisor));
    }

    @Descriptor("starts a child that has no process")
    public String restart(
            @Descriptor("the supervisor's name") String supervisor, @Descriptor("the child's id") String child) {
        Optional<Pid> pid = with(supervisor, found -> found.restart(child));
        return "Child '" + child + "' of '" + supervisor + "' "
                + pid.map(started -> "is process " + started + ".").orElse("does not want to run.");
    }

    @Descriptor("stops a child, which stays without a process")
    public String terminate(
            @Descriptor("the supervisor's name") String supervisor,
            @Descriptor("the child's id, or the pid of its process") String child) {
        Optional<Pid> pid = processes.list().stream()
                .map(process -> process.pid())
                .filter(each -> each.toString().equals(child))
                .findFirst();
        with(supervisor, found -> {
            pid.ifPresentOrElse(found::terminate, () -> found.terminate(child));
            return found;
        });
        return "Child '" + child + "' of '" + supervisor + "' is stopped.";
    }

    private SupervisionTree look() {
        return SupervisionTree.of(processes, tables, name -> find(name, Supervisor::spec));
    }

    private <T> T with(String name, Function<Supervisor, T> action) {
        return find(name, action).orElseThrow(() -> noSupervisor(name));
    }

    private <T> Optional<T> find(String name, Function<Supervisor, T> action) {
        for (ServiceReference<Supervisor> reference : all()) {
            Supervisor supervisor =
                    name.equals(reference.getProperty(WorkerModule.PROCESS)) ? context.getService(reference) : null;
            if (supervisor != null) {
                try {
                    return Optional.of(action.apply(supervisor));
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        return Optional.empty();
    }

    private Collection<ServiceReference<Supervisor>> all() {
        try {
            return context.getServiceReferences(Supervisor.class, null);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static IllegalArgumentException noSupervisor(String name) {
        return new IllegalArgumentException("There is no supervisor '" + name + "'; 'tree' shows which there are");
    }
}
