// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.bequest.process.ExitReason;
import org.bequest.process.NameTakenException;
import org.bequest.process.NoSuchModuleException;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.table.FencedException;
import org.bequest.term.Pid;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the root running, the one supervisor that no other looks after: starts it unless it is there, and starts the next when
 * it has ended, for whatever reason. While this bundle is away the root waits for it, so nothing is to be ended here.
 */
@Component(reference = @Reference(name = "module", service = WorkerModule.class, target = SupervisorModule.FILTER))
public final class RootKeeper {
    /* All work is done by one thread of its own: spawning waits for the process to start, and neither the component runtime
     * nor the kernel should wait meanwhile. */

    private static final Logger log = LoggerFactory.getLogger(RootKeeper.class);

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;
    /** A root that lived as long as this is no failed start. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    /** It never gives up over a child that has no plan of its own: nobody would start what is beside that one. */
    private static final ProcessSpec ROOT = SupervisorSpec.of(Supervisor.ROOT)
            .plan(RestartPlan.upTo(
                    1,
                    RestartPlan.immediately(),
                    RestartPlan.backoff(Duration.ofMillis(FIRST_PAUSE_MS), Duration.ofMillis(LONGEST_PAUSE_MS))))
            .process();

    private final Processes processes;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread keeper = new Thread(task, "bequest-root-keeper");
        keeper.setDaemon(true);
        return keeper;
    });
    // Used by that thread only. Never zero: if the kernel stops, so does this component before the next attempt.
    private long pauseMs = FIRST_PAUSE_MS;

    @Activate
    public RootKeeper(@Reference Processes processes) {
        this.processes = processes;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.execute(this::keep);
    }

    @Deactivate
    void deactivate() {
        // Without an interrupt: components that have waited for a supervisor's service may be starting on this thread.
        thread.shutdown();
    }

    private void keep() {
        try {
            Pid root = processes.whereis(Supervisor.ROOT).orElseGet(this::start);
            Instant since = Instant.now();
            processes.exited(root).thenAcceptAsync(reason -> ended(root, since, reason), thread);
        } catch (NoSuchModuleException | NameTakenException soon) {
            // The kernel has yet to hear of the module that this component was given; or another keeper was faster.
            log.debug("Looking again for the root in {} ms: {}", FIRST_PAUSE_MS, soon.getMessage());
            thread.schedule(this::keep, FIRST_PAUSE_MS, MILLISECONDS);
        } catch (FencedException stopped) {
            log.debug("This bundle has stopped; the root waits for the next to start", stopped);
        } catch (RuntimeException failed) {
            log.error("The root supervisor does not start; next attempt in {} ms", pauseMs, failed);
            again();
        }
    }

    private Pid start() {
        Pid started = processes.spawn(ROOT);
        log.info("Started the root supervisor as process {}", started);
        return started;
    }

    private void ended(Pid root, Instant since, ExitReason reason) {
        if (Duration.between(since, Instant.now()).compareTo(STABLE) > 0) {
            pauseMs = FIRST_PAUSE_MS;
        }
        log.warn("The root supervisor, process {}, ended ({}); starting the next in {} ms", root, reason, pauseMs);
        again();
    }

    private void again() {
        thread.schedule(this::keep, pauseMs, MILLISECONDS);
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
}
