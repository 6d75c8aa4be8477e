// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.table.Recipient;
import org.bequest.table.Transfer;
import org.bequest.term.Pid;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;

/** A puppet's process, as the test that spawned it sees it. */
public record Spawned(Pid pid, Processes processes) {

    /** Runs the action in a handler of the process, and returns what it returned. */
    @SuppressWarnings("unchecked")
    public <T> T does(Function<Self, T> action) {
        return (T) processes.call(pid, action, Wait.LIMIT);
    }

    /** As {@link #does}, of an action that is refused: returns what it threw; the process lives on. */
    public RuntimeException refused(Consumer<Self> action) {
        RuntimeException refusal = does(self -> {
            try {
                action.accept(self);
                return null;
            } catch (RuntimeException e) {
                return e;
            }
        });
        if (refusal == null) {
            throw new AssertionError("It was not refused");
        }
        return refusal;
    }

    /** As {@link #does}, of an action that returns nothing. */
    public void runs(Consumer<Self> action) {
        does(self -> {
            action.accept(self);
            return null;
        });
    }

    /** Runs the action in a handler of the process, with the caller to reply to; nothing is replied otherwise. */
    public CompletableFuture<Object> asked(BiConsumer<Self, Caller> action) {
        return asks(action);
    }

    /** As {@link #does}, without waiting for it. */
    public CompletableFuture<Object> starts(Function<Self, Object> action) {
        return asks(action);
    }

    /** Sends the request, without waiting for the reply. */
    public CompletableFuture<Object> asks(Object request) {
        return Background.get(() -> processes.call(pid, request, Wait.LIMIT));
    }

    /** What a call that was {@linkplain #asks sent} has failed with. */
    public static Throwable failure(CompletableFuture<?> reply) {
        try {
            Wait.until("the call fails", reply::isDone);
            throw new AssertionError("The call did not fail, it returned " + reply.join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    public List<Signal> signals() {
        return (List<Signal>) processes.call(pid, "signals", Wait.LIMIT);
    }

    /** The one signal that it gets, of a table that is its own now. */
    public Transfer transfer() {
        Wait.until("a signal has come", () -> !signals().isEmpty());
        List<Signal> signals = signals();
        if (signals.size() == 1 && signals.get(0) instanceof Signal.Transferred transferred) {
            return transferred.transfer();
        }
        throw new AssertionError("Not one transfer, but " + signals);
    }

    @SuppressWarnings("unchecked")
    public List<Object> journal() {
        return (List<Object>) processes.call(pid, "journal", Wait.LIMIT);
    }

    /** The version of the code that it runs. */
    public String version() {
        return (String) processes.call(pid, "version", Wait.LIMIT);
    }

    public void casts(Object message) {
        processes.cast(pid, message);
    }

    public void killed() {
        processes.exit(pid, ExitReason.KILLED);
    }

    public boolean alive() {
        return processes.isAlive(pid);
    }

    public Recipient recipient() {
        return Recipient.process(pid);
    }

    public ProcessInfo info() {
        return processes.list().stream()
                .filter(process -> process.pid().equals(pid))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Process " + pid + " is not listed"));
    }
}
