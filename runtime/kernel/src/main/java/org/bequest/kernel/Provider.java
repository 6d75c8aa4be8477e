// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bequest.process.ModuleInfo;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** One bundle's offer of a module, for as long as its service is registered. */
final class Provider {
    /* How it works. A process enters before it runs code of this provider, and leaves when it never will again. When the
     * service goes (close), nobody can enter any more; who is in is told, and waited for; when the last has left, the
     * references to the plugin are dropped, since processes remember their last provider.
     * This object's monitor guards users and code; a process's monitor may be taken while it is held, never the other way.
     * Why: docs/decisions/0004-threads-keep-no-code-alive.md
     */
    static final Duration DEFAULT_GRACE = Duration.ofMillis(WorkerModule.DEFAULT_GRACE_MS);

    final ModuleInfo.Provider info;
    final boolean blocking;
    final Duration grace;
    final Duration timeout;

    private final Set<KernelProcess> users = new HashSet<>();
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

    /** Returns false if it is too late. */
    synchronized boolean enter(KernelProcess process) {
        return present && users.add(process);
    }

    synchronized void leave(KernelProcess process) {
        users.remove(process);
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

    /** Nobody enters any more. Returns who is in. */
    synchronized Set<KernelProcess> close() {
        present = false;
        letGo();
        return Set.copyOf(users);
    }

    private void letGo() {
        if (!present && users.isEmpty()) {
            code = null;
        }
    }

    /** Waits until everybody has left but those that run on the present thread, which could not while it waits. */
    synchronized boolean awaitLeft(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!users.stream().allMatch(KernelProcess::runsHere)) {
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
