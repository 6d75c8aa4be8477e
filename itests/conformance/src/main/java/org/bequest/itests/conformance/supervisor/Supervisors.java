// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bequest.itests.conformance.Execution;
import org.bequest.itests.conformance.Suite;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Recordings of {@code supervisor}: each program runs on a supervisor of its own. Brings the module of all their children. */
final class Supervisors implements Suite, AutoCloseable {
    private final BundleContext context;
    private final Processes processes;
    private final ServiceRegistration<WorkerModule> module;

    /** Of another name each time, so that no two replays get each other's children. */
    private final String moduleName = "bequest.conformance.child-" + UUID.randomUUID();

    /** What children find their script by: a number, since their argument must be a term. */
    private final Map<Long, Script> scripts = new ConcurrentHashMap<>();

    private final AtomicLong lastScript = new AtomicLong();

    Supervisors(BundleContext context, Processes processes) {
        this.context = context;
        this.processes = processes;
        // Blocking: a child may have to wait until a call has reached its supervisor.
        Dictionary<String, Object> properties =
                new Hashtable<>(Map.of(WorkerModule.MODULE, moduleName, WorkerModule.BLOCKING, true));
        this.module = context.registerService(WorkerModule.class, () -> new ScriptedChild(scripts::get), properties);
    }

    @Override
    public Execution begin(@Nullable Object json) {
        return new Performance(this, new Fields(json));
    }

    BundleContext context() {
        return context;
    }

    Processes processes() {
        return processes;
    }

    String moduleName() {
        return moduleName;
    }

    /** Returns the number by which a child finds its script. */
    long add(Script script) {
        long number = lastScript.incrementAndGet();
        scripts.put(number, script);
        return number;
    }

    void remove(long number) {
        scripts.remove(number);
    }

    @Override
    public void close() {
        module.unregister();
    }
}
