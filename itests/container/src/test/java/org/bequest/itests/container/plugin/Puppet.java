// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.process.Signal;
import org.bequest.process.Worker;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.table.TransferListener;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * A worker that does as the test says: functions that it is sent are run on its process; any other cast is put into its
 * journal, which it hands over to the next version. The functions are the test's, and stay; the puppet is the plugin's.
 */
public final class Puppet implements Worker {
    private static final ThreadLocal<Object> LEFT_BEHIND = new ThreadLocal<>();

    private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

    private final String version;
    private final String trouble;
    private final List<Object> journal = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();

    public Puppet(String version, String trouble) {
        this.version = version;
        this.trouble = trouble;
    }

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        troubleIf("start");
        journal.add("started " + version);
        if (argument != null) {
            journal.add(argument);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // what a test sends is made by Spawned
    public void onCall(Self self, Object request, Caller caller) {
        if (request instanceof Function<?, ?> action) {
            caller.reply(((Function<Self, Object>) action).apply(self));
        } else if (request instanceof BiConsumer<?, ?> action) {
            ((BiConsumer<Self, Caller>) action).accept(self, caller);
        } else if (request.equals("journal")) {
            caller.reply(List.copyOf(journal));
        } else if (request.equals("signals")) {
            caller.reply(List.copyOf(signals));
        } else if (request.equals("version")) {
            caller.reply(version);
        } else if (request.equals("own object")) {
            caller.reply(new Own());
        } else if (request.equals("litter")) {
            litter(self);
            caller.reply(null);
        } else {
            caller.fail("A puppet does not know " + request);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void onCast(Self self, Object message) {
        if (message instanceof Consumer<?> action) {
            ((Consumer<Self>) action).accept(self);
        } else if (message.equals("crash with an exception of your own")) {
            throw new OwnException();
        } else {
            journal.add(message);
        }
    }

    @Override
    public void onSignal(Self self, Signal signal) {
        signals.add(signal);
    }

    @Override
    public @Nullable Object onSuspend(Self self) {
        troubleIf("suspend");
        if (trouble.equals("own state")) {
            return new Own();
        }
        return Tuple.of(version, journal);
    }

    @Override
    public void onResume(Self self, Handover handover) {
        troubleIf("resume");
        if (handover.state() instanceof Tuple state) {
            journal.addAll((List<?>) state.get(1));
            journal.add("resumed " + version + " from " + handover.from());
        } else {
            journal.add("resumed " + version + " from " + handover.from() + " without state");
        }
    }

    @Override
    public void onStop(Self self, ExitReason reason) {
        troubleIf("stop");
    }

    private void troubleIf(String place) {
        if (trouble.equals(place)) {
            throw new IllegalStateException(place + " does not want to");
        }
    }

    /** Leaves objects of the plugin wherever a plugin can. */
    private static void litter(Self self) {
        LEFT_BEHIND.set(new Own());
        INHERITED.set(new Own());
        Thread.currentThread().setContextClassLoader(Puppet.class.getClassLoader());
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> new Own());
        self.sendAfter(Duration.ofHours(1), new Own());
        self.sendAfter(Duration.ofHours(1), List.of("wrapped", new Own()));
        self.processes().exited(self.pid()).thenAccept(reason -> new Own());
        BundleContext context = FrameworkUtil.getBundle(Puppet.class).getBundleContext();
        Processes processes = context.getService(context.getServiceReference(Processes.class));
        Tables tables = context.getService(context.getServiceReference(Tables.class));
        processes.exited(self.pid()).thenAccept(reason -> new Own());
        tables.claim(TableSpec.of("of " + context.getBundle().getSymbolicName()));
        context.registerService(TransferListener.class, transfer -> new Own(), null);
    }

    /** A class of the plugin, of which nothing may stay behind. */
    public static final class Own {}

    /** See {@link Own}. */
    public static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
