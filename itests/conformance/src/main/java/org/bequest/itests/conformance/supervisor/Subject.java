// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.process.StartFailedException;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The supervisor on which a program runs: its process, and its service. */
final class Subject implements AutoCloseable {
    private static final long LIMIT_SECONDS = 5;

    private final Processes processes;
    private final BundleContext context;
    private final ServiceReference<Supervisor> reference;
    private final Supervisor service;
    private final Pid pid;
    private final CompletableFuture<ExitReason> exited;

    private Subject(Processes processes, BundleContext context, ServiceReference<Supervisor> reference, Pid pid) {
        this.processes = processes;
        this.context = context;
        this.reference = reference;
        this.service = context.getService(reference);
        this.pid = pid;
        this.exited = processes.exited(pid).toCompletableFuture();
    }

    /**
     * Starts it, and its children.
     *
     * @throws StartFailedException if one of them fails to
     */
    static Subject start(SupervisorSpec spec, Processes processes, BundleContext context) {
        Pid pid = processes.spawn(spec.process());
        for (ServiceReference<Supervisor> reference : references(spec.name(), context)) {
            return new Subject(processes, context, reference, pid);
        }
        processes.exit(pid, ExitReason.KILLED);
        throw new IllegalStateException(
                "Supervisor '" + spec.name() + "' has started, but there is no such service of " + Supervisor.class);
    }

    private static Collection<ServiceReference<Supervisor>> references(String name, BundleContext context) {
        try {
            return context.getServiceReferences(Supervisor.class, "(" + WorkerModule.PROCESS + "=" + name + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Supervisor service() {
        return service;
    }

    /** Why it has ended; null if it has not. */
    @Nullable
    ExitReason ended() {
        return exited.getNow(null);
    }

    /** As its parent does. */
    void stop(ExitReason reason) {
        processes.exit(pid, reason);
    }

    @Override
    public void close() {
        stop(ExitReason.SHUTDOWN);
        try {
            exited.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            stop(ExitReason.KILLED);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.ungetService(reference);
    }
}
