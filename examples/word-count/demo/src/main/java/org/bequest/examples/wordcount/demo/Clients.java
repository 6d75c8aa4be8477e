// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.Processes;
import org.bequest.term.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who call the worker all the time, and know nothing of updates: two send it the texts line by line, pass after pass;
 * one asks it for its stats, again and again.
 *
 * <p>A call that a killed process has not answered is sent again to the next one; it may have been handled, so the worker
 * knows a line that it has done. Whatever else goes wrong is a failed call.
 */
final class Clients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int FEEDERS = 2;

    private final Processes processes;
    private final Map<String, Path> texts;
    private final long origin = System.nanoTime();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FutureTask<Void> feeding = new FutureTask<>(this::feed);
    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile Pause pause = new Pause(0);
    private volatile long pass;
    private volatile boolean lastPass;
    private volatile boolean closed;

    Clients(Processes processes, Map<String, Path> texts) {
        this.processes = processes;
        this.texts = texts;
    }

    void start() {
        threads.execute(feeding);
        threads.execute(this::probe);
    }

    long passes() {
        return pass;
    }

    /** Calls that were answered, or failed. */
    long calls() {
        return calls.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** What calls see from now on, until the next time that this is called. */
    Pause observe() {
        Pause next = new Pause(now());
        pause = next;
        return next;
    }

    /** On the clock of {@link Pause}. */
    long now() {
        return System.nanoTime() - origin;
    }

    /** The pass that is running is to be the last. */
    void lastPass() {
        lastPass = true;
    }

    /** Whether the last pass is done. */
    boolean done() throws IOException {
        if (!feeding.isDone()) {
            return false;
        }
        try {
            feeding.get();
            return true;
        } catch (ExecutionException e) {
            throw new IOException("The texts could not be read to the end: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new AssertionError("a task that is done is not waited for", e);
        }
    }

    private Void feed() throws Exception {
        do {
            pass++;
            Queue<Map.Entry<String, Path>> left = new ConcurrentLinkedQueue<>(texts.entrySet());
            Callable<Void> feeder = () -> feed(left);
            for (Future<Void> fed : threads.invokeAll(Collections.nCopies(FEEDERS, feeder))) {
                fed.get();
            }
        } while (!lastPass && !closed);
        return null;
    }

    private Void feed(Queue<Map.Entry<String, Path>> left) throws IOException {
        for (Map.Entry<String, Path> text = left.poll(); text != null && !closed; text = left.poll()) {
            try (BufferedReader lines = Files.newBufferedReader(text.getValue())) {
                // An empty text is sent as one empty line: the worker marks it as done like any other.
                String line = Objects.requireNonNullElse(lines.readLine(), "");
                for (long number = 1; line != null; number++) {
                    call(Tuple.of("line", text.getKey(), pass, number, line));
                    line = lines.readLine();
                }
            }
        }
        return null;
    }

    private void probe() {
        while (!closed) {
            call("stats");
        }
    }

    private void call(Object request) {
        while (!closed && !answered(request)) {
            LockSupport.parkNanos(100_000); // killed, and the next worker is about to come
        }
    }

    private boolean answered(Object request) {
        long start = now();
        try {
            processes.call(Deployment.NAME, request, TIMEOUT);
        } catch (ProcessExitedException e) {
            if (e.reason().equals(ExitReason.KILLED) || e.reason().equals(ExitReason.NO_PROCESS)) {
                return false;
            }
            fail(request, e);
        } catch (RuntimeException e) {
            fail(request, e);
        }
        calls.increment();
        pause.saw(start, now());
        return true;
    }

    private void fail(Object request, RuntimeException e) {
        failed.increment();
        LOG.warn("Call {} failed: {}", request, e.toString());
        LOG.debug("It failed with", e);
    }

    /** Waits for the calls that are under way. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            threads.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
