// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/**
 * Has processes go over to a version, and hears of each when it has, or has gone back. From outside that cannot be seen: a
 * process runs the new code already while that still tries to take over. So this is a process, too.
 */
final class Switchover implements AutoCloseable {
    private static final String MODULE = "org.bequest.testkit.switchover";

    private final Processes processes;
    private final ServiceRegistration<WorkerModule> registration;
    private final Pid pid;

    /** @param modules whose processes go over */
    Switchover(BundleContext context, Processes processes, Set<String> modules, Version version) {
        this.processes = processes;
        List<Pid> moving = processes.list().stream()
                .filter(process -> modules.contains(process.module()))
                .map(ProcessInfo::pid)
                .toList();
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(WorkerModule.MODULE, MODULE));
        registration = context.registerService(WorkerModule.class, () -> new Pinning(moving, version), properties);
        pid = processes.spawn(ProcessSpec.of(MODULE));
    }

    /** Returns when each process runs the version, or has failed to. Says of those which and why. */
    List<?> run() {
        return (List<?>) processes.call(pid, "pin", Wait.LIMIT);
    }

    /** Lets the processes run the highest version that there is again. */
    @Override
    public void close() {
        processes.call(pid, "unpin", Wait.LIMIT);
        processes.exit(pid, ExitReason.KILLED);
        registration.unregister();
    }

    private static final class Pinning implements Worker {
        private final List<Pid> moving;
        private final Version version;
        private final Set<Pid> pending;
        private final List<String> failures = new ArrayList<>();
        private @Nullable Caller waiting;

        Pinning(List<Pid> moving, Version version) {
            this.moving = moving;
            this.version = version;
            this.pending = new HashSet<>(moving);
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            if (request.equals("unpin")) {
                moving.forEach(process -> self.pin(process, null));
                caller.reply(null);
                return;
            }
            waiting = caller;
            moving.forEach(process -> {
                self.monitor(process);
                self.pin(process, version);
            });
            replyIfDone();
        }

        @Override
        public void onSignal(Self self, Signal signal) {
            if (signal instanceof Signal.Switched switched
                    && pending.remove(switched.pid())
                    && switched.failure() != null) {
                failures.add(switched.pid() + " runs " + switched.version() + ": " + switched.failure());
            } else if (signal instanceof Signal.Down down) {
                pending.remove(down.pid());
            }
            replyIfDone();
        }

        private void replyIfDone() {
            if (pending.isEmpty() && waiting != null) {
                waiting.reply(List.copyOf(failures));
                waiting = null;
            }
        }
    }
}
