// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.table.TransferListener;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A worker that does everything wrong. It is told what by a cast, or by its argument if it is to be when it starts. */
public final class Rogue implements Worker {
    /** What it can do to a kernel that ends its process. */
    public static final List<String> FATAL = List.of(
            "throw an error",
            "throw an exception that throws",
            "run out of memory",
            "overflow the stack",
            "offer an own object as a value",
            "offer a cyclic list",
            "offer a list that throws");

    /** What it can do that its process survives. */
    public static final List<String> NASTY = List.of(
            "leave an interrupt behind",
            "leave the lowest priority behind",
            "start threads",
            "lock whatever it is given",
            "register a listener that throws",
            "set timers with own objects",
            "reply twice with own objects");

    private boolean throwing;

    @Override
    public void onStart(Self self, @Nullable Object argument) throws Exception {
        if (argument != null) {
            misbehave(self, (String) argument);
        }
    }

    @Override
    public void onCall(Self self, Object request, Caller caller) throws Exception {
        if (request.equals("reply twice with own objects")) {
            caller.reply(new Vicious());
            caller.reply(new Vicious());
        }
        misbehave(self, (String) request);
        caller.reply("did it");
    }

    @Override
    public void onCast(Self self, Object message) throws Exception {
        misbehave(self, (String) message);
    }

    @Override
    public @Nullable Object onSuspend(Self self) {
        if (throwing) {
            throw new Vicious();
        }
        return null;
    }

    @Override
    public void onResume(Self self, Handover handover) {
        throw new Vicious();
    }

    @Override
    public void onStop(Self self, ExitReason reason) {
        throw new Vicious();
    }

    private void misbehave(Self self, String how) throws Exception {
        switch (how) {
            case "throw an error" -> throw new OwnError();
            case "throw an exception that throws" -> throw new Vicious();
            case "run out of memory" -> throw new OutOfMemoryError("meant to");
            case "overflow the stack" -> overflow(0);
            case "offer an own object as a value" -> table(self).insert(Tuple.of("k", this));
            case "offer a cyclic list" -> {
                List<Object> cycle = new ArrayList<>();
                cycle.add(cycle);
                table(self).updateCounter("k", 1, 1, Tuple.of("k", 0, cycle));
            }
            case "offer a list without end" -> table(self).insert(Tuple.of("k", new Endless()));
            case "offer a list that throws" -> table(self).insert(Tuple.of("k", new Throwing()));
            case "leave an interrupt behind" -> Thread.currentThread().interrupt();
            case "leave the lowest priority behind" -> Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            case "start threads" -> startThreads(self);
            case "lock whatever it is given" -> lock(self);
            case "register a listener that throws" -> listen();
            case "set timers with own objects" -> self.sendAfter(Duration.ofHours(1), new Vicious());
            case "reply twice with own objects" -> {}
            case "throw when replaced" -> throwing = true;
            case "block for ever" -> block();
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static Table table(Self self) {
        return self.tables().claim(TableSpec.of("of the rogue " + self.pid().number()));
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    private static void block() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // A rogue does not listen.
            }
        }
    }

    /** They outlive it, and go on; each waits for the good one, which would drown otherwise. */
    private static void startThreads(Self self) {
        Table table = table(self);
        for (int i = 0; i < 3; i++) {
            long number = i;
            Thread thread = new Thread(() -> {
                for (int refused = 0; refused < 1_000; ) {
                    try {
                        table.insert(Tuple.of(number));
                        self.processes().cast("good", "from a zombie");
                        self.processes().call("good", "version", Duration.ofSeconds(10));
                    } catch (RuntimeException e) {
                        refused++;
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** For ever, on a thread of its own. */
    private static void lock(Self self) throws InterruptedException {
        BundleContext context = FrameworkUtil.getBundle(Rogue.class).getBundleContext();
        Tables tables = context.getService(context.getServiceReference(Tables.class));
        Table table = table(self);
        CountDownLatch locked = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            synchronized (self) {
                synchronized (self.tables()) {
                    synchronized (self.processes()) {
                        synchronized (tables) {
                            synchronized (table) {
                                locked.countDown();
                                block();
                            }
                        }
                    }
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        locked.await();
    }

    private static void listen() {
        BundleContext context = FrameworkUtil.getBundle(Rogue.class).getBundleContext();
        context.registerService(
                TransferListener.class,
                transfer -> {
                    throw new OwnError();
                },
                null);
    }

    private static final class OwnError extends Error {
        private static final long serialVersionUID = 1L;

        OwnError() {
            super("an error of the rogue's own");
        }
    }

    /** Throws whatever it is asked. */
    private static final class Vicious extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new OwnError();
        }

        @Override
        public String toString() {
            throw new OwnError();
        }

        @Override
        public int hashCode() {
            throw new OwnError();
        }

        @Override
        public boolean equals(Object other) {
            throw new OwnError();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new OwnError();
        }

        @Override
        public void printStackTrace(PrintStream stream) {
            throw new OwnError();
        }

        @Override
        public void printStackTrace(PrintWriter writer) {
            throw new OwnError();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new OwnError();
        }
    }

    private static final class Endless extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            return index;
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }

    private static final class Throwing extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            throw new Vicious();
        }

        @Override
        public int size() {
            return 3;
        }
    }
}
