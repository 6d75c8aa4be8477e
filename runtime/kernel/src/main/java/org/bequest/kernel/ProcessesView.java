// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.bequest.process.ExitReason;
import org.bequest.process.ModuleInfo;
import org.bequest.process.NoSuchModuleException;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.StartFailedException;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** Processes, as one life sees them. */
record ProcessesView(Kernel kernel, Life life) implements Processes {
    @Override
    public Pid spawn(ProcessSpec spec) {
        life.check("spawn a process");
        Module module = kernel.modules
                .find(spec.module())
                .orElseThrow(() -> new NoSuchModuleException(
                        "No bundle offers module '" + spec.module() + "', of which " + life.who()
                                + " wants a process. Start one that registers a WorkerModule with that name."));
        CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
        KernelProcess process =
                new KernelProcess(kernel, kernel.registry.newPid(), module, spec, null, new Start(ready));
        kernel.add(life, process, spec.name(), () -> {});
        process.begin();
        await(ready, process);
        if (!process.publish()) {
            throw startFailed(process, process.awaitEnd());
        }
        return process.pid;
    }

    private StartFailedException startFailed(KernelProcess process, ExitReason reason) {
        return new StartFailedException(process + " failed to start for " + life.who() + ": " + reason, reason);
    }

    private void await(CompletableFuture<@Nullable Void> ready, KernelProcess process) {
        boolean replaced = kernel.scheduler.beginWait(ready, Long.MAX_VALUE);
        try {
            ready.get();
        } catch (ExecutionException failed) {
            throw startFailed(process, ((ProcessExitedException) failed.getCause()).reason());
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
            throw new StartFailedException(
                    life.who() + " was interrupted while it waited for " + process + " to start", ExitReason.KILLED);
        } finally {
            if (replaced) {
                kernel.scheduler.endWait();
            }
        }
    }

    @Override
    public @Nullable Object call(Pid to, Object request, Duration timeout) {
        life.check("call ", to);
        return call(kernel.registry.process(to), to, request, timeout);
    }

    @Override
    public @Nullable Object call(String to, Object request, Duration timeout) {
        life.check("call ", to);
        return call(kernel.registry.process(to), to, request, timeout);
    }

    private @Nullable Object call(@Nullable KernelProcess process, Object name, Object request, Duration timeout) {
        Objects.requireNonNull(request, "request");
        PendingCall call = new PendingCall(life.who(), null);
        if (process != null) {
            Replies.checkNotSelf(process);
        }
        if (process == null || !process.post(new Envelope.Request(call, request))) {
            throw new ProcessExitedException(
                    "There is no process " + (name instanceof Pid ? name : "'" + name + "'") + " for " + life.who()
                            + " to call",
                    ExitReason.NO_PROCESS);
        }
        return Replies.await(kernel.scheduler, process, call, timeout);
    }

    @Override
    public void cast(Pid to, Object message) {
        life.check("cast to ", to);
        cast(kernel.registry.process(to), message);
    }

    @Override
    public void cast(String to, Object message) {
        life.check("cast to ", to);
        cast(kernel.registry.process(to), message);
    }

    private static void cast(@Nullable KernelProcess process, Object message) {
        Objects.requireNonNull(message, "message");
        if (process != null) {
            process.post(new Envelope.Cast(message));
        }
    }

    @Override
    public Optional<Pid> whereis(String name) {
        life.check("look for '" + name + "'");
        return kernel.registry.whereis(name);
    }

    @Override
    public Optional<ProcessInfo> info(Pid pid) {
        life.check("ask about ", pid);
        return Optional.ofNullable(kernel.registry.process(pid)).map(KernelProcess::info);
    }

    @Override
    public boolean isAlive(Pid pid) {
        life.check("ask about ", pid);
        return kernel.registry.process(pid) != null;
    }

    @Override
    public void exit(Pid pid, ExitReason reason) {
        life.check("end ", pid);
        KernelProcess process = kernel.registry.process(pid);
        if (process == null) {
            return;
        }
        if (reason instanceof ExitReason.Killed) {
            process.kill();
        } else {
            process.exit(life instanceof ProcessLife by ? by.pid() : null, reason);
        }
    }

    @Override
    public CompletionStage<ExitReason> exited(Pid pid) {
        life.check("wait for the end of ", pid);
        KernelProcess process = kernel.registry.process(pid);
        if (process == null) {
            return CompletableFuture.completedFuture(ExitReason.NO_PROCESS);
        }
        return life.await(process);
    }

    @Override
    public List<ProcessInfo> list() {
        life.check("list processes");
        return kernel.registry.processes().stream()
                .map(KernelProcess::info)
                .sorted(Comparator.comparing(info -> info.pid().number()))
                .toList();
    }

    @Override
    public List<ModuleInfo> modules() {
        life.check("list modules");
        return kernel.modules.list();
    }
}
