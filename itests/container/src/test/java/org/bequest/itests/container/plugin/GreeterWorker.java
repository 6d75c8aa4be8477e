// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bequest.itests.container.plugin.greeting.Greeter;
import org.bequest.itests.container.plugin.greeting.RudeException;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.osgi.util.promise.Deferred;
import org.osgi.util.promise.Promise;

/** Greets, and counts its greetings across versions. */
public final class GreeterWorker implements Worker, Greeter {
    private final String version;
    private long greetings;

    GreeterWorker(String version) {
        this.version = version;
    }

    @Override
    public String greet(String name) throws RudeException {
        if (name.equals("nobody")) {
            throw new RudeException("There is nobody");
        }
        if (name.equals("own")) {
            throw new OwnException();
        }
        return "Hello " + name + " from " + version + ", number " + greetings++;
    }

    @Override
    public CompletionStage<String> greetSoon(String name) {
        CompletableFuture<String> later = new CompletableFuture<>();
        try {
            later.complete(greet(name));
        } catch (RudeException e) {
            later.completeExceptionally(e);
        }
        return later;
    }

    @Override
    public Promise<String> greetPromised(String name) {
        Deferred<String> later = new Deferred<>();
        try {
            later.resolve(greet(name));
        } catch (RudeException e) {
            later.fail(e);
        }
        return later.getPromise();
    }

    @Override
    public Object onSuspend(Self self) {
        return greetings;
    }

    @Override
    public void onResume(Self self, Handover handover) {
        greetings = (Long) handover.state();
    }

    /** A class of the plugin, which no caller knows. */
    private static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OwnException() {
            super("only the plugin knows my class");
        }
    }
}
