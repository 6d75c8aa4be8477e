// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.bequest.process.ModuleInfo;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** One bundle's offer of a module, for as long as its service is registered. */
final class Provider {
    /* How it works. A process enters before it runs code of this provider, and leaves when it never will again; in between
     * its slot says so. When the service goes (close), nobody can enter any more; who is in is told, and waited for; when the
     * last has left, the references to the plugin are dropped, since processes remember their last provider.
     * This object's monitor guards users and code; it may be taken while a process's is held, never the other way.
     * Why: docs/decisions/0004-threads-keep-no-code-alive.md
     */
    static final Duration DEFAULT_GRACE = Duration.ofMillis(WorkerModule.DEFAULT_GRACE_MS);

    final ModuleInfo.Provider info;
    final boolean blocking;
    final Duration grace;
    final Duration timeout;

    /** How many processes are in. */
    private int users;

    private volatile boolean present = true;
    private volatile boolean uninstalled;
    private volatile @Nullable Code code;

    /** What must not be kept when the bundle is gone. */
    record Code(
            WorkerModule module,
            List<Class<?>> services,
            @Nullable String problem,
            ClassLoader loader) {}

    Provider(ModuleInfo.Provider info, boolean blocking, Duration grace, Duration timeout, Code code) {
        this.info = info;
        this.blocking = blocking;
        this.grace = grace;
        this.timeout = timeout;
        this.code = code;
    }

    Version version() {
        return info.version();
    }

    boolean present() {
        return present;
    }

    boolean uninstalled() {
        return uninstalled;
    }

    void setUninstalled() {
        uninstalled = true;
    }

    /** Returns false if it is too late. Under the monitor of the process that enters, which notes it at once. */
    synchronized boolean enter() {
        if (present) {
            users++;
        }
        return present;
    }

    /** By whoever has taken the note away from the process's slot, and so once for each time. */
    synchronized void leave() {
        users--;
        letGo();
        notifyAll();
    }

    /** For who is in: the worker that the plugin makes. */
    Worker newWorker() {
        Code now = Objects.requireNonNull(code, "code of " + this);
        if (now.problem != null) {
            throw new IllegalStateException(now.problem);
        }
        Worker worker = now.module.newWorker();
        if (worker == null) {
            throw new IllegalStateException("newWorker() of " + this + " returned null");
        }
        for (Class<?> service : now.services) {
            if (!service.isInstance(worker)) {
                throw new IllegalStateException("The worker of " + this + " does not implement " + service.getName()
                        + ", which its module names in " + WorkerModule.SERVICES);
            }
        }
        return worker;
    }

    /** The interfaces that its workers answer. */
    List<Class<?>> services() {
        Code now = code;
        return now == null ? List.of() : now.services;
    }

    /** Null when everybody has left and the bundle is gone. */
    @Nullable
    ClassLoader loader() {
        Code now = code;
        return now == null ? null : now.loader;
    }

    /** Nobody enters any more. */
    synchronized void close() {
        present = false;
        letGo();
    }

    private void letGo() {
        if (!present && users == 0) {
            code = null;
        }
    }

    /**
     * Waits until everybody has left but one that runs on the present thread, which could not while it waits.
     *
     * @param processes of the module, since it was closed
     */
    boolean awaitLeft(List<KernelProcess> processes, Duration limit) {
        return awaitLeft(
                processes.stream().filter(KernelProcess::runsHere).findFirst().orElse(null), limit);
    }

    private synchronized boolean awaitLeft(@Nullable KernelProcess here, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (users > (here != null && here.uses(this) ? 1 : 0)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        return info.symbolicName() + " " + info.version() + " [" + info.bundleId() + "]";
    }
}
