// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionStage;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.Transfer;
import org.jspecify.annotations.Nullable;

/** The code that a process runs just now: a worker, whose it is, and the life that its handles are bound to. */
record Behaviour(Worker worker, Provider provider, SelfView self) {
    /** A worker that the plugin makes for the process's present life. */
    static Behaviour of(KernelProcess process, Provider provider) {
        ProcessLife life = process.life();
        return new Behaviour(provider.newWorker(), provider, new SelfView(life));
    }

    /** Makes the present thread one of the plugin's, as far as that goes. */
    void enter() {
        Thread.currentThread().setContextClassLoader(loader());
    }

    ClassLoader loader() {
        return worker.getClass().getClassLoader();
    }

    /** Runs the plugin's handler for the message. */
    void handle(Envelope message) throws Exception {
        enter();
        if (message instanceof Envelope.Request request) {
            worker.onCall(self, request.request, new CallerView(self.life(), request.call));
        } else if (message instanceof Envelope.Cast cast) {
            worker.onCast(self, cast.message);
        } else if (message instanceof Envelope.Invocation invocation) {
            invoke(invocation);
        } else if (message instanceof Envelope.Told told) {
            worker.onSignal(self, told.signal);
        } else if (message instanceof Envelope.Given given) {
            worker.onSignal(self, new Signal.Transferred(transfer(given)));
        }
    }

    private Transfer transfer(Envelope.Given given) {
        TableHandle handle = new TableHandle(self.process().kernel.ledger, given.table, self.life());
        return new Transfer(handle, given.from, given.gift);
    }

    private void invoke(Envelope.Invocation invocation) throws Exception {
        PendingCall call = invocation.call;
        if (!invocation.method.getDeclaringClass().isInstance(worker)) {
            settle(
                    call,
                    null,
                    new ClassCastException("The code that " + self + " runs now, " + provider + ", does not implement "
                            + invocation.method.getDeclaringClass().getName() + " any more"));
            return;
        }
        CompletionStage<?> later;
        Object result;
        try {
            result = invocation.method.invoke(worker, invocation.arguments);
            later = Foreign.stage(result, invocation.method.getReturnType());
        } catch (InvocationTargetException thrown) {
            if (!self.process().runsHere()) {
                return; // Whoever took the turn away answers; what is thrown comes of that.
            }
            if (thrown.getCause() instanceof Exception exception) {
                settle(call, null, exception);
                return;
            }
            throw thrown;
        }
        if (call.deferred) {
            return;
        }
        if (later == null) {
            settle(call, result, null);
        } else {
            later.whenComplete((value, thrown) -> settle(call, value, thrown));
        }
    }

    private void settle(PendingCall call, @Nullable Object value, @Nullable Throwable thrown) {
        if (thrown == null) {
            call.reply.complete(value);
        } else {
            call.reply.completeExceptionally(Foreign.exception(thrown, loader()));
        }
        self.process().close(call);
    }
}
