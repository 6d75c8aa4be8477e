// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.table.Recipient;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** A process, as one worker of it sees it. */
record SelfView(ProcessLife life) implements Self {
    private static final AtomicLong NUMBERS = new AtomicLong();

    KernelProcess process() {
        return life.process;
    }

    private Kernel kernel() {
        return life.process.kernel;
    }

    @Override
    public Pid pid() {
        return process().pid;
    }

    @Override
    public Tables tables() {
        return new TablesView(kernel().ledger, life);
    }

    @Override
    public Processes processes() {
        return new ProcessesView(kernel(), life);
    }

    @Override
    public void register(String name) {
        life.check("register '" + name + "'");
        kernel().registry.register(process(), name);
    }

    @Override
    public void unregister(String name) {
        life.check("unregister '" + name + "'");
        kernel().registry.unregister(process(), name);
    }

    @Override
    public void link(Pid other) {
        life.check("link to " + other);
        KernelProcess found = kernel().registry.process(other);
        if (found == null) {
            process().exit(other, ExitReason.NO_PROCESS);
        } else if (found != process()) {
            Relations.link(process(), found);
        }
    }

    @Override
    public void unlink(Pid other) {
        life.check("unlink " + other);
        KernelProcess found = kernel().registry.process(other);
        if (found != null) {
            Relations.unlink(process(), found);
        }
    }

    @Override
    public void trapExits(boolean trap) {
        life.check("trap exits");
        process().setTrapping(trap);
    }

    @Override
    public long monitor(Pid other) {
        life.check("monitor " + other);
        long number = NUMBERS.incrementAndGet();
        KernelProcess found = kernel().registry.process(other);
        if (found == null) {
            process().down(number, other, ExitReason.NO_PROCESS);
        } else {
            Relations.monitor(process(), number, found);
        }
        return number;
    }

    @Override
    public Pid newPid() {
        life.check("ask for a pid");
        return kernel().registry.newPid();
    }

    @Override
    public long spawn(Pid as, ProcessSpec spec, @Nullable Version version) {
        long number = NUMBERS.incrementAndGet();
        Module module = kernel().modules.named(spec.module());
        KernelProcess child = new KernelProcess(kernel(), as, module, spec, version, new Start(null));
        kernel().add(life, child, spec.name(), () -> Relations.monitor(process(), number, child));
        child.begin();
        return number;
    }

    @Override
    public void holdStart() {
        life.check("hold the start");
        process().hold();
    }

    @Override
    public void started() {
        life.check("say that it has started");
        process().release();
    }

    @Override
    public void demonitor(long monitor) {
        life.check("take back monitor " + monitor);
        Relations.demonitor(process(), monitor);
    }

    @Override
    public void watch(Recipient who) {
        life.check("watch for " + who);
        kernel().registry.watch(process(), who);
    }

    @Override
    public void unwatch(Recipient who) {
        life.check("stop to watch for " + who);
        kernel().registry.unwatch(process(), who);
    }

    @Override
    public long sendAfter(Duration delay, Object message) {
        life.check("set a timer");
        long number = NUMBERS.incrementAndGet();
        process().setTimer(number, delay, message);
        return number;
    }

    @Override
    public boolean cancel(long timer) {
        life.check("cancel timer " + timer);
        return process().cancelTimer(timer);
    }

    @Override
    public Optional<Caller> caller(long ref) {
        life.check("answer call " + ref);
        return process().call(ref).map(call -> new CallerView(life, call));
    }

    @Override
    public Caller defer() {
        life.check("defer an answer");
        return process()
                .defer()
                .map(call -> new CallerView(life, call))
                .orElseThrow(() -> new IllegalStateException(
                        process() + " handles no call of a service on this thread, whose answer could be deferred"));
    }

    @Override
    public Duration waited() {
        life.check("ask how long a signal has waited");
        return process().waited();
    }

    @Override
    public void watchModule(String module) {
        life.check("watch module '" + module + "'");
        kernel().modules.named(module).watch(process());
    }

    @Override
    public void unwatchModule(String module) {
        life.check("stop to watch module '" + module + "'");
        kernel().modules.named(module).unwatch(process());
    }

    @Override
    public void pin(Pid other, @Nullable Version version) {
        life.check("pin " + other);
        KernelProcess found = kernel().registry.process(other);
        if (found != null) {
            found.pin(process(), version);
        }
    }

    @Override
    public void exit(ExitReason reason) {
        life.check("exit");
        process().end(reason);
    }

    @Override
    public String toString() {
        return process().toString();
    }
}
